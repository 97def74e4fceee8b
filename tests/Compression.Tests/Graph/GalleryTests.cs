using Distributed.Compression.Graph;
using Distributed.Gallery;

namespace Distributed.Compression.Tests.Graph;

/// <summary>Import, interpreter and export of every family of networks, in the operator sets in which their operators changed.</summary>
public sealed class GalleryTests
{
    private const double Tolerance = 1e-4;
    private const int Inputs = 64;

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (string name in GalleryNetworks.Names)
            {
                foreach (int opset in (int[])[7, 9, 11, 13, 17, 18, 20, 21, 23]) cases.Add(name, opset);
            }

            return cases;
        }
    }

    public static TheoryData<string> Names => [.. GalleryNetworks.Names];

    public static TheoryData<string> OfSet6 => [.. GalleryNetworks.OfSet6];

    [Theory, MemberData(nameof(Cases))]
    public void Import_interpreter_and_export_agree_with_ONNX_Runtime_on_the_file(string name, int opset)
    {
        var written = GalleryNetworks.Build(name, opset);
        byte[] file = OnnxWriter.ToBytes(written);
        var imported = Normalizer.Normalize(OnnxReader.Read(new MemoryStream(file), name));
        Assert.Equal([-1, GalleryNetworks.Classes], imported.Outputs[0].Shape);
        var fed = new Dictionary<string, Tensor> { ["input"] = GalleryNetworks.Inputs(written, Inputs, seed: 3) };
        float[] stated = Logits(file, fed);
        Assert.True(stated.Distinct().Count() > stated.Length / 2, "logits vary");
        Assert.InRange(Parity.MaxDifference(stated, Logits(OnnxWriter.ToBytes(imported), fed)), 0, Tolerance);
        Assert.InRange(Parity.MaxDifference(stated, ((FloatTensor)Interpreter.Run(imported, fed)[0]).Data), 0, Tolerance);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_same_network_in_the_oldest_and_the_newest_operator_set_is_the_same_function(string name)
    {
        var fed = new Dictionary<string, Tensor> { ["input"] = GalleryNetworks.Inputs(GalleryNetworks.Build(name), 4, seed: 3) };
        float[] old = ((FloatTensor)Interpreter.Run(Normalizer.Normalize(GalleryNetworks.Build(name, 9)), fed)[0]).Data;
        float[] young = ((FloatTensor)Interpreter.Run(Normalizer.Normalize(GalleryNetworks.Build(name, 24)), fed)[0]).Data;
        if (name != "quantized-weights") Assert.InRange(Parity.MaxDifference(old, young), 0, Tolerance);
    }

    /// <summary>ONNX Runtime runs no files of operator set 6: what becomes of one at import must compute what the same network in set 17 does.</summary>
    [Theory, MemberData(nameof(OfSet6))]
    public void A_file_of_operator_set_6_is_imported_as_the_same_function(string name)
    {
        var written = GalleryNetworks.Build(name, 6);
        var imported = Normalizer.Normalize(OnnxReader.Read(new MemoryStream(OnnxWriter.ToBytes(written)), name));
        var fed = new Dictionary<string, Tensor> { ["input"] = GalleryNetworks.Inputs(written, Inputs, seed: 3) };
        float[] expected = Logits(OnnxWriter.ToBytes(GalleryNetworks.Build(name, name == "quantized-weights" ? 9 : 17)), fed);
        Assert.InRange(Parity.MaxDifference(expected, Logits(OnnxWriter.ToBytes(imported), fed)), 0, Tolerance);
        Assert.InRange(Parity.MaxDifference(expected, ((FloatTensor)Interpreter.Run(imported, fed)[0]).Data), 0, Tolerance);
    }

    private static float[] Logits(byte[] model, IReadOnlyDictionary<string, Tensor> fed)
    {
        using var evaluator = new OnnxEvaluator(model);
        return ((FloatTensor)evaluator.Run(fed)[0]).Data;
    }
}
