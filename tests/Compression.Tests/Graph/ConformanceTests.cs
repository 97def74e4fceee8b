using Distributed.Compression.Graph;
using Distributed.Compression.Graph.Onnx;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Graph;

/// <summary>The ONNX project's own cases: what we read and support must have the shapes that the case states.</summary>
public sealed class ConformanceTests(ITestOutputHelper output)
{
    [Fact]
    public void Shapes_of_the_conformance_cases_are_as_stated()
    {
        var refused = new List<string>();
        var wrong = new List<string>();
        int right = 0;
        foreach (string folder in Directory.GetDirectories(Models.Shared("onnx-conformance"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (!File.Exists(Path.Combine(folder, "model.onnx"))) continue;
            try
            {
                if (Mistake(folder) is { } mistake) wrong.Add(mistake);
                else right++;
            }
            catch (InvalidInputException error)
            {
                refused.Add($"{Path.GetFileName(folder)}: {error.Message}");
            }
        }

        output.WriteLine(Invariant($"{right} right, {refused.Count} refused, {wrong.Count} wrong"));
        foreach (string line in wrong.Concat(refused)) output.WriteLine(line);
        Assert.Empty(wrong);
        Assert.True(right >= 300, Invariant($"{right} cases have the stated shapes, {refused.Count} were refused: {string.Join('\n', refused)}"));
    }

    /// <summary>Gives the case's inputs as constants, so that settings among them are known; compares all outputs.</summary>
    private static string? Mistake(string folder)
    {
        var network = OnnxReader.Read(Path.Combine(folder, "model.onnx"));
        var initializers = network.Initializers.ToBuilder();
        for (int i = 0; i < network.Inputs.Length; i++) initializers[network.Inputs[i].Name] = Read(folder, $"input_{i}.pb");
        var shapes = ShapeInference.Infer(network with { Inputs = [], Initializers = initializers.ToImmutable() }, 1);
        for (int i = 0; i < network.Outputs.Length; i++)
        {
            var (found, stated) = (shapes[network.Outputs[i].Name], Read(folder, $"output_{i}.pb").Shape);
            if (!found.SequenceEqual(stated)) return $"{Path.GetFileName(folder)}: [{string.Join(", ", found)}], stated [{string.Join(", ", stated)}]";
        }

        return null;
    }

    private static Tensor Read(string folder, string file)
    {
        string path = Path.Combine(folder, "test_data_set_0", file);
        return OnnxTensorReader.Read(TensorProto.Parser.ParseFrom(File.ReadAllBytes(path)), path);
    }
}
