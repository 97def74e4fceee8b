using System.Collections.Immutable;
using Distributed.Compression.Graph;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Graph;

public sealed class ShapeInferenceTests
{
    [Theory]
    [MemberData(nameof(Models.ZooNames), MemberType = typeof(Models))]
    public void Shapes_of_every_value_of_the_zoo_are_those_of_ONNX_Runtime(string name) => CheckAgainstRuntime(Models.Small(name), batch: 2);

    [Theory]
    [MemberData(nameof(Models.Residual), MemberType = typeof(Models))]
    public void Shapes_of_every_value_of_an_imported_network_are_those_of_ONNX_Runtime(string file) =>
        CheckAgainstRuntime(OnnxReader.Read(Models.SharedModel(file)), batch: 3);

    [Fact]
    public void An_unknown_operator_is_refused_by_name()
    {
        var network = Models.Small("lenet");
        var node = network.Nodes[3] with { Operator = "Hologram" };
        var error = Assert.Throws<InvalidInputException>(() => ShapeInference.Infer(network with { Nodes = network.Nodes.SetItem(3, node) }, 1));
        Assert.Contains(node.Name, error.Message, StringComparison.Ordinal);
        Assert.Contains("Hologram", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused_with_both_shapes()
    {
        var network = Models.Small("resnet-8");
        var weights = network.Initializers.SetItem("stem.weight", new FloatTensor([16, 4, 3, 3], new float[16 * 4 * 9]));
        var error = Assert.Throws<InvalidInputException>(() => ShapeInference.Infer(network with { Initializers = weights }, 1));
        Assert.Contains("'stem'", error.Message, StringComparison.Ordinal);
        Assert.Contains("[16, 4, 3, 3]", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Every value becomes an output, without optimisation, so that ONNX Runtime tells its actual shape.</summary>
    internal static void CheckAgainstRuntime(Network network, int batch)
    {
        var inferred = ShapeInference.Values(network, batch);
        ImmutableArray<ValueInfo> all =
        [
            .. network.Outputs,
            .. network.Nodes.SelectMany(node => node.Outputs).Where(name => name.Length > 0 && network.Outputs.All(output => output.Name != name))
                .Select(name => new ValueInfo(name, inferred[name].Type, [.. inferred[name].Shape.Select(_ => -1)])),
        ];
        var exposed = network with { Outputs = all };
        using var evaluator = new OnnxEvaluator(OnnxWriter.ToBytes(exposed), optimized: false);
        int[] shape = [.. inferred[network.Inputs[0].Name].Shape];
        var outputs = evaluator.Run(new float[Tensor.Count(shape)], shape, evaluator.Outputs);
        Assert.Equal(evaluator.Outputs.Length, outputs.Length);
        for (int i = 0; i < outputs.Length; i++)
        {
            Assert.True(
                inferred[evaluator.Outputs[i]].Shape.SequenceEqual(outputs[i].Shape),
                $"{evaluator.Outputs[i]}: [{string.Join(", ", inferred[evaluator.Outputs[i]].Shape)}], ran [{string.Join(", ", outputs[i].Shape)}]");
        }
    }
}
