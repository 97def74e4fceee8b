namespace Distributed.Client.SweepFiles.Sections;

/// <summary>What one parameter of the search space may be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Range">Its numbers; null for a parameter of names.</param>
/// <param name="Real">Whether it may be a real range.</param>
/// <param name="Integer">Whether it may be a whole range.</param>
/// <param name="Choices">Its names; empty for a number.</param>
internal sealed record ParameterRule(string Name, NumberRange? Range, bool Real, bool Integer, IReadOnlyList<string> Choices)
{
    /// <summary>All parameters that a trial understands.</summary>
    public static IReadOnlyList<ParameterRule> All { get; } =
    [
        new(ParameterNames.Ratio, new(0, 1, HighOpen: true), Real: true, Integer: false, []),
        new(ParameterNames.Criterion, null, false, false, Vocabulary.Criteria),
        new(ParameterNames.Ranking, null, false, false, Vocabulary.Rankings),
        new(ParameterNames.Steps, new(1, 100), Real: false, Integer: true, []),
        new(ParameterNames.Epochs, Limits.Epochs, Real: true, Integer: true, []),
        new(ParameterNames.LearningRate, Limits.LearningRate, Real: true, Integer: false, []),
        new(ParameterNames.WeightDecay, Limits.WeightDecay, Real: true, Integer: false, []),
    ];

    /// <summary>The rule of a name, also of one family's "ratio/family"; null for an unknown name.</summary>
    public static ParameterRule? Of(string name) => All.FirstOrDefault(rule =>
        rule.Name == name || (rule.Name == ParameterNames.Ratio && name.StartsWith(ParameterNames.OfFamily(rule.Name, ""), StringComparison.Ordinal)
                              && name.Length > rule.Name.Length + 1));

    /// <summary>How it can be written.</summary>
    public string Notation => Range is null
        ? $"Write one of them ({Choices[0]}) or a list of at least two ({string.Join(", ", Choices)})."
        : $"Write a number{(Real ? $", or {{ real: [{ExampleLow}, {ExampleHigh}] }}" : "")}{(Integer ? ", or { integer: [1, 3] }" : "")}.";

    private string ExampleLow => Name is ParameterNames.LearningRate or ParameterNames.WeightDecay ? "0.0001" : "0";

    private string ExampleHigh => Name is ParameterNames.LearningRate or ParameterNames.WeightDecay ? "0.01" : Name == ParameterNames.Epochs ? "3" : "0.8";
}
