namespace Distributed.Client.Tests.Samples;

/// <summary>A report with names that no page may take for markup.</summary>
internal static class SampleReport
{
    public static ModelReport Of(string model) => new()
    {
        Model = model,
        Sweep = SampleSweep.Spec.Name,
        Trial = new(2),
        Candidate = new([KeyValuePair.Create("ratio", (ParameterValue)0.5)]),
        Lineage = System.Text.Json.JsonDocument.Parse("""{"sweep": "sample", "spec": {"note": "<script>"}}""").RootElement,
        Dense = new(0.9, 2_000_000, 20_000, 80_000, 100),
        Pruned = new(0.88, 600_000, 6_000, 26_000, 45),
        Layers =
        [
            new() { Name = "conv<script>1", Operator = "Conv", DenseWidth = 32, Width = 16, DenseMacs = 1_500_000, Macs = 400_000, DenseMicroseconds = 60, Microseconds = 25, Cka = 0.9 },
            new() { Name = "fc", Operator = "Gemm", DenseWidth = 2, Width = 2, DenseMacs = 500_000, Macs = 200_000, DenseMicroseconds = 40 },
        ],
        Families = [new("conv<script>1", 32, 16)],
        Agreement = new(100, 90, 6, 4, [.. Enumerable.Range(0, 10).Select(i => new MarginBin(10, i < 5 ? 2 : 0))], [3, 7]),
        Confusion = new(["cat & dog", "bird"], [[45, 5], [5, 45]], [[44, 6], [6, 44]]),
        Sensitivity = new("l1", 100, [0.25, 0.5, 0.75], [new("conv<script>1", [0.85, 0.6, null])]),
    };
}
