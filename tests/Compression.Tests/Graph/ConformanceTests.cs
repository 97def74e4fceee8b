using Distributed.Compression.Graph;
using Distributed.Compression.Graph.Onnx;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Graph;

/// <summary>The ONNX project's own cases: what we read and support must have the shapes that the case states.</summary>
public sealed class ConformanceTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-4;

    /// <summary>These state what training gives; an imported network is for inference.</summary>
    private static readonly string[] InTraining = ["test_batchnorm_epsilon_training_mode", "test_training_dropout_default", "test_training_dropout_mask"];

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

    [Fact]
    public void A_normalised_conformance_case_gives_the_stated_result_in_ONNX_Runtime()
    {
        var wrong = new List<string>();
        int right = 0;
        int refused = 0;
        foreach (string folder in Directory.GetDirectories(Models.Shared("onnx-conformance"), "test_*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (!File.Exists(Path.Combine(folder, "model.onnx")) || InTraining.Contains(Path.GetFileName(folder))) continue;
            try
            {
                if (Difference(folder) is not { } difference) continue;
                if (difference <= Tolerance) right++;
                else wrong.Add(Invariant($"{Path.GetFileName(folder)}: {difference}"));
            }
            catch (InvalidInputException error)
            {
                output.WriteLine($"{Path.GetFileName(folder)}: {error.Message}");
                refused++;
            }
        }

        output.WriteLine(Invariant($"{right} alike, {refused} refused, {wrong.Count} wrong"));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(right >= 300, Invariant($"{right} alike, {refused} refused"));
    }

    /// <summary>
    /// Largest difference from the stated result (or from ONNX Runtime's own, where that differs from the stated one), relative to the largest
    /// value. Only the first input is fed, the others are constants. Null where a value is no float.
    /// </summary>
    private static double? Difference(string folder)
    {
        var network = OnnxReader.Read(Path.Combine(folder, "model.onnx"));
        if (network.Inputs.IsEmpty || Read(folder, "input_0.pb") is not FloatTensor { Length: > 0 } fed) return null;
        if (Read(folder, "output_0.pb") is not FloatTensor { Data: var stated }) return null;
        var initializers = network.Initializers.ToBuilder();
        for (int i = 1; i < network.Inputs.Length; i++) initializers[network.Inputs[i].Name] = Read(folder, $"input_{i}.pb");
        network = network with { Inputs = network.Inputs[..1], Initializers = initializers.ToImmutable(), Outputs = network.Outputs[..1] };
        float[] actual = Models.Run(OnnxWriter.ToBytes(Normalizer.Normalize(network)), fed.Data, [.. fed.Shape]);
        double difference = Relative(stated, actual);
        return difference <= Tolerance ? difference : Relative(Models.Run(OnnxWriter.ToBytes(network), fed.Data, [.. fed.Shape]), actual);
    }

    /// <summary>Infinities and what is no number must agree; infinite where the lengths do not.</summary>
    private static double Relative(float[] expected, float[] actual)
    {
        if (expected.Length != actual.Length) return double.PositiveInfinity;
        double scale = Math.Max(1, expected.Where(float.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max());
        return expected.Zip(actual, (a, b) => a.Equals(b) ? 0 : float.IsFinite(a - b) ? Math.Abs((double)a - b) : double.PositiveInfinity)
            .DefaultIfEmpty().Max() / scale;
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
