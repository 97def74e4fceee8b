namespace Distributed.Sweeps.Tests;

/// <summary>A made-up network: conv a (3 → 16 channels), conv b (16 → 32), a linear layer (32·4 → 10).</summary>
internal static class Profiles
{
    public static ModelProfile Small { get; } = new()
    {
        Families = [new("a", 16, [4, 8, 16]), new("b", 32, [8, 16, 32])],
        Operators =
        [
            Operator("conv-a", new(3, []), new(0, [new(0, 1)]), macs: 9 * 100, parameters: 9),
            Operator("conv-b", new(0, [new(0, 1)]), new(0, [new(1, 1)]), macs: 9 * 25, parameters: 9),
            Operator("linear", new(0, [new(1, 4)]), new(10, []), macs: 1, parameters: 1) with { ParametersPerOutput = 1, Surface = null },
        ],
        Surfaces = [new("conv", [0, 32], [0, 32], [0, 10, 20, 110])],
        Scores =
        [
            new("l1", [[.. Enumerable.Range(1, 16).Select(i => 1.0 * i)], [.. Enumerable.Range(1, 32).Select(i => 100.0 + i)]]),
        ],
        FixedBytes = 500,
        DenseMs = 4,
    };

    public static Candidate Candidate(params (string Name, ParameterValue Value)[] values) =>
        new(values.Select(value => KeyValuePair.Create(value.Name, value.Value)));

    private static OperatorProfile Operator(string name, WidthExpression input, WidthExpression output, double macs, double parameters) => new()
    {
        Name = name,
        Operator = "Conv",
        Input = input,
        Output = output,
        MacsPerPair = macs,
        ParametersPerPair = parameters,
        Surface = "conv",
    };
}
