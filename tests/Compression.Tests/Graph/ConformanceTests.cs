using Distributed.Compression.Graph;
using Distributed.Gallery;

namespace Distributed.Compression.Tests.Graph;

/// <summary>The ONNX project's own cases, from import to export. What does not pass stands in <see cref="Excused"/>.</summary>
public sealed class ConformanceTests(ITestOutputHelper output)
{
    private static IReadOnlyList<ConformanceCase> Cases => ConformanceCase.Below(Models.Shared("onnx-conformance"));

    [Fact]
    public void A_case_gives_the_stated_result_in_the_interpreter_and_exported_in_ONNX_Runtime()
    {
        var wrong = new List<string>();
        foreach (var verdict in Cases.Select(ConformanceRun.Of))
        {
            if (verdict.Passed == Excused.Reasons.ContainsKey(verdict.Case)) wrong.Add(verdict.Passed ? $"{verdict}, and need not be excused" : $"{verdict}");
        }

        output.WriteLine(Invariant($"{Cases.Count} cases, {Excused.Reasons.Count} excused"));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(349, Cases.Count);
    }

    [Fact]
    public void Inferred_shapes_are_as_stated()
    {
        var wrong = Cases.SelectMany(item => item.DataSets.SelectMany(dataSet => Mistakes(item, dataSet))).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<string> Mistakes(ConformanceCase item, string dataSet)
    {
        var data = ConformanceCase.Load(item.Read(), dataSet);
        var shapes = ShapeInference.Infer(data.Network, 1);
        return data.Network.Outputs.Zip(data.Stated)
            .Where(pair => !shapes[pair.First.Name].SequenceEqual(pair.Second.Shape))
            .Select(pair => $"{item.Name}: [{string.Join(", ", shapes[pair.First.Name])}], stated [{string.Join(", ", pair.Second.Shape)}]");
    }
}
