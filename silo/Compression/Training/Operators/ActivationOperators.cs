using TorchSharp;
using static TorchSharp.torch;

namespace Distributed.Compression.Training;

/// <summary>Functions of one value.</summary>
internal static class ActivationOperators
{
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["Relu"] = _ => Of(x => nn.functional.relu(x)),
        ["Sigmoid"] = _ => Of(x => sigmoid(x)),
        ["Tanh"] = _ => Of(x => tanh(x)),
        ["Erf"] = _ => Of(x => erf(x)),
        ["Exp"] = _ => Of(x => exp(x)),
        ["Log"] = _ => Of(x => log(x)),
        ["Sqrt"] = _ => Of(x => sqrt(x)),
        ["Neg"] = _ => Of(x => -x),
        ["Abs"] = _ => Of(x => abs(x)),
        ["Reciprocal"] = _ => Of(x => reciprocal(x)),
        ["Identity"] = _ => Of(x => x.alias()),
        ["LeakyRelu"] = node => With(node.Attributes.Real("alpha", 0.01), (x, alpha) => nn.functional.leaky_relu(x, alpha)),
        ["Elu"] = node => With(node.Attributes.Real("alpha", 1), (x, alpha) => nn.functional.elu(x, alpha)),
        ["HardSigmoid"] = HardSigmoid,
        ["HardSwish"] = _ => Of(x => nn.functional.hardswish(x)),
        ["Gelu"] = Gelu,
        ["Clip"] = Clip,
        ["Softmax"] = Softmax,
        ["Dropout"] = _ => Of(x => x.alias()),
    };

    private static TorchOperator Of(Func<Tensor, Tensor> function) => (inputs, _) => [function(inputs[0]!)];

    private static TorchOperator With(double parameter, Func<Tensor, double, Tensor> function) => Of(x => function(x, parameter));

    private static TorchOperator HardSigmoid(TorchNode node)
    {
        (double alpha, double beta) = (node.Attributes.Real("alpha", 0.2), node.Attributes.Real("beta", 0.5));
        return Of(x => ((x * alpha) + beta).clamp(0, 1));
    }

    private static TorchOperator Gelu(TorchNode node) => node.Attributes.Text("approximate", "none") == "none"
        ? Of(x => nn.functional.gelu(x))
        : Of(x => 0.5 * x * (1 + tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))));

    private static TorchOperator Clip(TorchNode node)
    {
        Scalar? low = node.Number("min", 1) is { } min ? min : null;
        Scalar? high = node.Number("max", 2) is { } max ? max : null;
        return Of(x => x.clamp(low, high));
    }

    private static TorchOperator Softmax(TorchNode node)
    {
        if (node.Opset < 13 && node.Axis(node.Attributes.Integer("axis", 1)) != node.Shape(0).Count - 1)
            throw node.Error("before opset 13 a softmax spans several axes");
        int axis = node.Axis(node.Attributes.Integer("axis", node.Opset < 13 ? 1 : -1));
        return Of(x => nn.functional.softmax(x, axis));
    }
}
