using Distributed.Compression.Graph;
using Distributed.Gallery;

namespace Distributed.Compression.Tests.Graph;

/// <summary>What exporters spell out is one node again. That the function stays the same is what <see cref="GalleryTests"/> are for.</summary>
public sealed class FusionTests
{
    [Theory]
    [InlineData("convnext", 9, 4)]
    [InlineData("convnext", 17, 4)]
    [InlineData("vit", 11, 3)]
    [InlineData("bert", 13, 5)]
    public void Spelled_out_layer_normalisation_is_one_node(string name, int opset, int count)
    {
        var operators = Operators(name, opset);
        Assert.Equal(count, operators.Count(item => item == "LayerNormalization"));
        Assert.DoesNotContain("ReduceMean", operators);
    }

    [Theory, InlineData(7), InlineData(11), InlineData(13), InlineData(14)]
    public void Spelled_out_hard_swish_is_one_node(int opset)
    {
        var operators = Operators("mobilenet-v3", opset);
        Assert.Equal(7, operators.Count(item => item == "HardSwish"));
        Assert.DoesNotContain("Clip", operators);
    }

    [Fact]
    public void Other_bounds_and_slopes_are_left_as_they_are()
    {
        var net = new NetworkBuilder("other", 1);
        string x = net.Input(3, 4, 4);
        x = net.With("Div", "almost", net.Add("Mul", "gated", [x, net.Clip("clip", net.With("Add", "shift", x, 3), 0, 5)]), 6);
        var network = Normalizer.Normalize(net.Build(net.Add("Mul", "sigmoid", [x, net.Add("HardSigmoid", "gate", [x], ("alpha", 0.2))])));
        Assert.DoesNotContain(network.Nodes, node => node.Operator == "HardSwish");
    }

    [Fact]
    public void Erf_becomes_GELU_where_the_operator_set_has_it()
    {
        var net = new NetworkBuilder("gelu", 1, opset: 20);
        string x = net.Input(3, 4, 4);
        string erf = net.Add("Erf", "erf", [net.With("Mul", "scaled", x, MathF.Sqrt(0.5f))]);
        var network = Normalizer.Normalize(net.Build(net.Add("Mul", "gelu", [net.With("Mul", "half", x, 0.5f), net.With("Add", "one", erf, 1)])));
        Assert.Equal(["Gelu"], network.Nodes.Select(node => node.Operator));
        Assert.Contains("Erf", Operators("vit", 17));
    }

    [Fact]
    public void Sigmoid_times_itself_becomes_SiLU_where_the_operator_set_has_it()
    {
        var net = new NetworkBuilder("silu", 1, opset: 24);
        string x = net.Input(3, 4, 4);
        var network = Normalizer.Normalize(net.Build(net.Add("Mul", "silu", [net.Add("Sigmoid", "gate", [x]), x])));
        Assert.Equal(["Swish"], network.Nodes.Select(node => node.Operator));
    }

    [Fact]
    public void Quantised_weights_are_floats_again() => Assert.DoesNotContain("DequantizeLinear", Operators("quantized-weights", 17));

    private static IReadOnlyList<string> Operators(string name, int opset) =>
        [.. Normalizer.Normalize(GalleryNetworks.Build(name, opset)).Nodes.Select(node => node.Operator)];
}
