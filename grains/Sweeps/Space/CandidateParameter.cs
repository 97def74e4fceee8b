namespace Distributed.Sweeps;

/// <summary>A parameter that a trial understands, and what it may hold. Whoever checks, reads or describes a search space goes by this table.</summary>
public sealed record CandidateParameter
{
    private CandidateParameter(string name, string about) => (Name, About) = (name, about);

    /// <summary>Every parameter, one line each. After a change, UPDATE_EXPECTED=1 in tests/Client.Tests writes the published schema anew.</summary>
    public static IReadOnlyList<CandidateParameter> All { get; } =
    [
        Number(ParameterNames.Ratio, Numbers.Real, new(0, 1, HighOpen: true), (0, 0.8), 0, "The part of the channels to remove, in [0, 1): of every family, of each its own (per: family), or of all together (ranking: global).") with { MayBePerFamily = true },
        Number(ParameterNames.DepthRatio, Numbers.Real, new(0, 1), (0, 0.4), 0, "The part of the residual branches to leave out, in [0, 1]: those go first without which the dense model's loss rises least. Their shortcuts stay."),
        OneOf(ParameterNames.Criterion, CriterionNames.All, "How the importance of a channel is told."),
        OneOf(ParameterNames.Ranking, ["local", "global", "per-microsecond"], "local: each family loses its ratio; global: the least important of all families go; per-microsecond: what matters least for the time that it saves."),
        OneOf(ParameterNames.Closure, ["auto", .. Closures.All], "Where channels stand in groups, such as heads of attention: whole groups go, or every group gets narrower. auto: what leaves more units to choose from."),
        Number(ParameterNames.Steps, Numbers.Whole, new(1, 100), (1, 3), 1, "Pruning steps: 1 is one-shot, more prune and recover in turn."),
        Number(ParameterNames.Epochs, Numbers.Real | Numbers.Whole, new(0, 10_000), (0, 3), null, "Epochs of fine-tuning in all. Default: recovery.epochs."),
        Number(ParameterNames.LearningRate, Numbers.Real, new(0, 100, LowOpen: true), (0.0001, 0.01), null, "Peak learning rate of fine-tuning. Default: recovery.learning-rate."),
        Number(ParameterNames.WeightDecay, Numbers.Real, new(0, 1), (0.0001, 0.01), null, "Weight decay of fine-tuning. Default: recovery.weight-decay."),
        Number(ParameterNames.Distillation, Numbers.Real, new(0, 1), (0, 0.9), 0, "The part of the loss that follows a teacher's outputs instead of the labels; 0 for no teacher."),
        Number(ParameterNames.Temperature, Numbers.Real, new(0, 100, LowOpen: true), (1, 8), 4, "Temperature of distillation."),
        OneOf(ParameterNames.Teacher, ["dense", "progressive"], "Who teaches: the dense model, or the network at the end of the pruning step before."),
        Number(ParameterNames.CutMix, Numbers.Real, new(0, 1), (0, 1), 0, "How often a batch is mixed by CutMix; 0 for never."),
        Number(ParameterNames.Restarts, Numbers.Whole, new(0, 100), (0, 2), 0, "Warm restarts of the learning rate after each pruning step."),
        OneOf(ParameterNames.DecaySchedule, ["constant", "low-while-pruning"], "Weight decay over time: always the same, or a tenth of it until the last pruning step is warmed up."),
        Number(ParameterNames.GroupSparsity, Numbers.Real, new(0, 1), (0, 0.001), 0, "Strength of a group lasso that drives whole channels towards 0 in an own share of the epochs before pruning; 0 for none."),
        OneOf(ParameterNames.Reconstruction, ["none", "least-squares"], "Whether sliced layers are fitted to what they gave before, by least squares, ahead of fine-tuning."),
        OneOf(ParameterNames.Sparsity, ["none", "unstructured", "2:4"], "Which single weights go, beside whole channels; 2:4: two of every four neighbours along the input axis. Makes the compressed file smaller; ONNX Runtime gets no faster by it."),
        Number(ParameterNames.SparsityRatio, Numbers.Real, new(0, 1, HighOpen: true), (0, 0.8), 0.5, "The part of the single weights that goes where sparsity is unstructured, in [0, 1): of each layer, or of all together (ranking: global)."),
        OneOf(ParameterNames.Precision, Precisions.All, "int8: the exported file computes in 8 bits."),
        OneOf(ParameterNames.Calibration, ["percentile", "entropy", "min-max"], "How int8 chooses the ranges of activations."),
        Number(ParameterNames.WeightBits, Numbers.Real, new(2, 8), (3, 8), 8, "The mean bits of an int8 file's weights, in [2, 8]: layers that bear it get fewer, others more, each from 2 to 8. For devices that store few bits, and for the compressed file; ONNX Runtime gets no faster by it."),
        OneOf(ParameterNames.QuantizationAware, ["off", "on"], "on: the last part of the epochs is fine-tuned with the rounding of int8."),
    ];

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it means, in one or two sentences.</summary>
    public string About { get; }

    /// <summary>The numbers that it may be; null for a parameter of names.</summary>
    public NumberRange? Range { get; private init; }

    /// <summary>What ranges of numbers it may have; none for a parameter of names.</summary>
    public Numbers Forms { get; private init; }

    /// <summary>Ends of a range as an example.</summary>
    public (double Low, double High) Example { get; private init; }

    /// <summary>Its names; empty for a number.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    /// <summary>What a trial takes where a candidate does not hold it; null when that is the sweep's recovery.</summary>
    public ParameterValue? Default { get; private init; }

    /// <summary>Whether each family may have one of its own, "name/family".</summary>
    public bool MayBePerFamily { get; private init; }

    /// <summary>The parameter of a name, also of one family's "ratio/family"; null for an unknown name.</summary>
    public static CandidateParameter? Find(string name)
    {
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? All.FirstOrDefault(parameter => parameter.Name == name)
            : All.FirstOrDefault(parameter => parameter.MayBePerFamily && slash + 1 < name.Length && parameter.Name == name[..slash]);
    }

    private static CandidateParameter Number(
        string name, Numbers forms, NumberRange range, (double, double) example, double? @default, string about) => new(name, about)
        {
            Range = range,
            Forms = forms,
            Example = example,
            Default = @default is { } value ? new ParameterValue.Number(value) : null,
        };

    /// <summary>The first choice is the default.</summary>
    private static CandidateParameter OneOf(string name, IReadOnlyList<string> choices, string about) =>
        new(name, about) { Choices = choices, Default = choices[0] };
}

/// <summary>What ranges of numbers a parameter may have.</summary>
[Flags]
public enum Numbers
{
    /// <summary>It is a name.</summary>
    None = 0,

    /// <summary>Real numbers.</summary>
    Real = 1,

    /// <summary>Whole numbers.</summary>
    Whole = 2,
}
