namespace Distributed.Sweeps;

/// <summary>The parameters that a trial understands. A candidate may hold any of them; each has a default where it does not.
/// What each may hold stands in <see cref="CandidateParameter.All"/>: a new one is a name here and a line there.</summary>
public static class ParameterNames
{
    /// <summary>Part of the channels to remove, in [0, 1): of every family, of all together ("global"), or "ratio/family" of one.</summary>
    public const string Ratio = "ratio";

    /// <summary>Part of the residual branches to leave out, in [0, 1]: see <see cref="Depths"/>. Default 0.</summary>
    public const string DepthRatio = "depth-ratio";

    /// <summary>Importance criterion: one of <see cref="CriterionNames"/>. Default "l1".</summary>
    public const string Criterion = "criterion";

    /// <summary>
    /// "local" (each family loses its ratio), "global" (the least important of all families go) or "per-microsecond" (what is least
    /// important for the time that it saves). Default "local".
    /// </summary>
    public const string Ranking = "ranking";

    /// <summary>Where channels stand in groups and both would do (heads of attention): one of <see cref="Closures"/>, or "auto". Default "auto".</summary>
    public const string Closure = "closure";

    /// <summary>Pruning steps: 1 is one-shot, more prune and recover in turn. Default 1.</summary>
    public const string Steps = "steps";

    /// <summary>Epochs of fine-tuning in all. Default: the sweep's recovery.</summary>
    public const string Epochs = "epochs";

    /// <summary>Peak learning rate of fine-tuning. Default: the sweep's recovery.</summary>
    public const string LearningRate = "learning-rate";

    /// <summary>Weight decay of fine-tuning. Default: the sweep's recovery.</summary>
    public const string WeightDecay = "weight-decay";

    /// <summary>Which single weights go: "none", "unstructured" or "2:4" (two of every four neighbours along the input axis). Default "none".</summary>
    public const string Sparsity = "sparsity";

    /// <summary>The part of the single weights that goes, where "sparsity" is "unstructured", in [0, 1). Default 0.5.</summary>
    public const string SparsityRatio = "sparsity-ratio";

    /// <summary>"float32", or "int8": the exported file computes in 8 bits. Default "float32".</summary>
    public const string Precision = "precision";

    /// <summary>How int8 chooses the ranges of activations: "percentile", "entropy" or "min-max". Default "percentile".</summary>
    public const string Calibration = "calibration";

    /// <summary>Mean bits of an int8 file's weights, in [2, 8]; each layer gets a whole number of its own from 2 to 8. Default 8.</summary>
    public const string WeightBits = "weight-bits";

    /// <summary>"on": the last part of the epochs is fine-tuned with the rounding of int8. Default "off".</summary>
    public const string QuantizationAware = "quantization-aware";

    /// <summary>α of distillation, in [0, 1]: the part of the loss that follows a teacher instead of the labels. Default 0: no teacher.</summary>
    public const string Distillation = "distillation";

    /// <summary>Temperature of distillation, above 0. Default 4.</summary>
    public const string Temperature = "temperature";

    /// <summary>"dense" or "progressive" (the network at the end of the pruning step before). Default "dense".</summary>
    public const string Teacher = "teacher";

    /// <summary>How often a batch is mixed by CutMix, in [0, 1]. Default 0.</summary>
    public const string CutMix = "cutmix";

    /// <summary>Warm restarts of the learning rate after each pruning step. Default 0.</summary>
    public const string Restarts = "restarts";

    /// <summary>"constant" or "low-while-pruning" weight decay. Default "constant".</summary>
    public const string DecaySchedule = "decay-schedule";

    /// <summary>λ of a group lasso over what would be pruned as one, before the slicing. Default 0.</summary>
    public const string GroupSparsity = "group-sparsity";

    /// <summary>"none" or "least-squares": sliced layers are fitted to what they gave before. Default "none".</summary>
    public const string Reconstruction = "reconstruction";

    /// <summary>All names, in the order of <see cref="CandidateParameter.All"/>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. CandidateParameter.All.Select(parameter => parameter.Name)];

    /// <summary>The name of a family's own copy of a parameter: "ratio/stage1".</summary>
    public static string OfFamily(string name, string family) => $"{name}/{family}";
}
