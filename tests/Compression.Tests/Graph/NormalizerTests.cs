using Distributed.Compression.Graph;

namespace Distributed.Compression.Tests.Graph;

public sealed class NormalizerTests
{
    [Theory]
    [MemberData(nameof(Models.Residual), MemberType = typeof(Models))]
    public void A_trained_network_gives_the_same_logits_after_normalisation(string file)
    {
        string path = Models.SharedModel(file);
        byte[] original = File.ReadAllBytes(path);
        var network = Normalizer.Normalize(OnnxReader.Read(path));
        Assert.True(Parity.MaxDifference(network, original, [.. Enumerable.Range(0, 64).Select(i => Models.Images(1, (ulong)i))], [1, 3, 32, 32]) <= Parity.Tolerance);
        Assert.True(Parity.MaxDifference(network, original, [.. Enumerable.Range(0, 8).Select(i => Models.Images(8, (ulong)i))], [8, 3, 32, 32]) <= Parity.Tolerance);
        ShapeInferenceTests.CheckAgainstRuntime(network, batch: 2);
    }

    [Theory]
    [MemberData(nameof(Models.Residual), MemberType = typeof(Models))]
    public void Option_A_shortcuts_are_left_with_Slice_and_Pad_and_constant_settings(string file)
    {
        var network = Normalizer.Normalize(OnnxReader.Read(Models.SharedModel(file)));
        string[] expected = file.Contains("bn", StringComparison.Ordinal)
            ? ["Add", "AveragePool", "BatchNormalization", "Conv", "Flatten", "Gemm", "Pad", "Relu", "Slice"]
            : ["Add", "AveragePool", "Conv", "Flatten", "Gemm", "Pad", "Relu", "Slice"];
        Assert.Equal(expected, network.Nodes.Select(node => node.Operator).Distinct().Order(StringComparer.Ordinal));
        var pads = network.Nodes.Where(node => node.Operator == "Pad").ToList();
        Assert.Equal(2, pads.Count);
        Assert.Equal([0, 8, 0, 0, 0, 8, 0, 0], ((IntegerTensor)network.Initializers[pads[0].Inputs[1]]).Data);
        Assert.Equal([0, 16, 0, 0, 0, 16, 0, 0], ((IntegerTensor)network.Initializers[pads[1].Inputs[1]]).Data);
        Assert.Equal(OperatorSetUpgrade.Target, network.Opset);
    }

    [Theory]
    [MemberData(nameof(Models.ZooNames), MemberType = typeof(Models))]
    public void Normalising_the_zoo_changes_no_logit_and_twice_is_once(string name)
    {
        var network = Models.Small(name);
        var normal = Normalizer.Normalize(network);
        Assert.Equal(0, Parity.MaxDifference(normal, OnnxWriter.ToBytes(network), [Models.Images(2, 3)], [2, 3, 32, 32]));
        Assert.Equal(network.Nodes.Length, normal.Nodes.Length);
        Assert.Equal(OnnxWriter.ToBytes(normal), OnnxWriter.ToBytes(Normalizer.Normalize(normal)));
    }

    [Fact]
    public void A_reshape_that_computes_its_target_from_the_batch_keeps_it_symbolic()
    {
        var net = new NetworkBuilder("chain", 1);
        string x = net.Conv("conv", net.Input(3, 8, 8), 4, kernel: 3);
        string batch = net.Add("Gather", "batch", [net.Add("Shape", "shape", [x]), net.Constant("zero", new IntegerTensor([], [0]))], ("axis", 0L));
        string target = net.Add("Concat", "target", [net.Add("Unsqueeze", "listed", [batch, net.Integers("axes", 0)]), net.Integers("rest", 144)], ("axis", 0L));
        var network = net.Build(net.Dense("head", net.Add("Reshape", "flat", [x, target]), 3));
        var normal = Normalizer.Normalize(network);
        Assert.Equal(["Conv", "Reshape", "Gemm"], normal.Nodes.Select(node => node.Operator));
        Assert.Equal([0, 144], ((IntegerTensor)normal.Initializers[normal.Nodes[1].Inputs[1]]).Data);
        Assert.Equal(0, Parity.MaxDifference(normal, OnnxWriter.ToBytes(network), [Models.Images(5, 1, 3, 8)], [5, 3, 8, 8]));
    }

    [Fact]
    public void Gemm_takes_its_factors_and_its_orientation_into_the_weights()
    {
        var net = new NetworkBuilder("gemm", 1);
        string weight = net.Weights("weight", [48, 5], 48, 1);
        string bias = net.Weights("bias", [5], 5, 1);
        string x = net.Flatten("flat", net.Input(3, 4, 4));
        var network = net.Build(net.Add("Gemm", "gemm", [x, weight, bias], ("alpha", 0.5), ("beta", 3.0)));
        var normal = Normalizer.Normalize(network);
        Assert.Equal([5, 48], normal.Initializers[normal.Nodes[1].Inputs[1]].Shape);
        Assert.Equal(["transB"], normal.Nodes[1].Attributes.Values.Keys);
        Assert.True(Parity.MaxDifference(normal, OnnxWriter.ToBytes(network), [Models.Images(2, 1, 3, 4)], [2, 3, 4, 4]) <= 1e-5);
    }

    [Fact]
    public void Identity_Dropout_and_transposed_weights_disappear()
    {
        var net = new NetworkBuilder("idle", 1);
        string x = net.Add("Dropout", "dropped", [net.Flatten("flat", net.Input(3, 4, 4))]);
        string weight = net.Add("Transpose", "turned", [net.Weights("weight", [5, 48], 48, 1)], ("perm", new long[] { 1, 0 }));
        var network = net.Build(net.Add("Identity", "last", [net.Add("MatMul", "product", [x, weight])]));
        var normal = Normalizer.Normalize(network);
        Assert.Equal(["Flatten", "MatMul"], normal.Nodes.Select(node => node.Operator));
        Assert.Equal([48, 5], normal.Initializers[normal.Nodes[1].Inputs[1]].Shape);
        Assert.Equal(0, Parity.MaxDifference(normal, OnnxWriter.ToBytes(network), [Models.Images(2, 1, 3, 4)], [2, 3, 4, 4]));
    }

    [Fact]
    public void A_training_export_of_BatchNormalization_becomes_inference()
    {
        var network = Models.Small("resnet-8");
        var training = network with
        {
            Nodes = [.. network.Nodes.Select(node => node.Operator != "BatchNormalization" ? node : node with
            {
                Outputs = [node.Output, $"{node.Name}.m", $"{node.Name}.v"], Attributes = node.Attributes.With("training_mode", 1L),
            })],
        };
        Assert.Equal(OnnxWriter.ToBytes(network), OnnxWriter.ToBytes(Normalizer.Normalize(training)));
    }
}
