using TorchSharp;
using static Distributed.Compression.Training.TensorArithmetic;
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
        ["Softplus"] = _ => Of(x => logaddexp(x, zeros_like(x))),
        ["Softsign"] = _ => Of(x => x / x.abs().Plus(1)),
        ["Mish"] = _ => Of(x => x * tanh(logaddexp(x, zeros_like(x)))),
        ["LeakyRelu"] = node => With(node.Attributes.Real("alpha", 0.01), (x, alpha) => x.leaky_relu(alpha)),
        ["Elu"] = node => With(node.Attributes.Real("alpha", 1), (x, alpha) => x.elu(alpha, One, One)),
        ["Celu"] = node => With(node.Attributes.Real("alpha", 1), (x, alpha) => x.clamp_min(Zero).Plus(expm1(x.clamp_max(Zero).div(alpha)).mul(alpha))),
        ["Selu"] = Selu,
        ["Swish"] = node => node.Attributes.Real("alpha", 1) is 1 ? Of(x => nn.functional.silu(x)) : With(node.Attributes.Real("alpha", 1), (x, alpha) => x * sigmoid(x.mul(alpha))),
        ["ThresholdedRelu"] = node => With(node.Attributes.Real("alpha", 1), (x, alpha) => x * x.gt(alpha).to_type(x.dtype)),
        ["Shrink"] = Shrink,
        ["HardSigmoid"] = HardSigmoid,
        ["HardSwish"] = _ => Of(x => nn.functional.hardswish(x)),
        ["Gelu"] = Gelu,
        ["Clip"] = Clip,
        ["Softmax"] = node => Along(node, (x, axis) => nn.functional.softmax(x, axis)),
        ["LogSoftmax"] = node => Along(node, (x, axis) => nn.functional.log_softmax(x, axis)),
        ["Hardmax"] = node => Along(node, (x, axis) => zeros_like(x).scatter(axis, x.argmax(axis, keepdim: true), ones_like(x))),
        ["Dropout"] = Dropout,
    };

    private static TorchOperator Of(Func<Tensor, Tensor> function) => (inputs, _) => [function(inputs[0]!)];

    private static TorchOperator With(double parameter, Func<Tensor, Scalar, Tensor> function)
    {
        var number = Number(parameter);
        return Of(x => function(x, number));
    }

    private static TorchOperator Selu(TorchNode node)
    {
        (double alpha, double gamma) = (node.Attributes.Real("alpha", 1.67326319217681884765625), node.Attributes.Real("gamma", 1.05070102214813232421875));
        return Of(x => x.clamp_min(Zero).Plus(expm1(x.clamp_max(Zero)).Times(alpha)).Times(gamma));
    }

    private static TorchOperator Shrink(TorchNode node)
    {
        (double bias, double threshold) = (node.Attributes.Real("bias", 0), node.Attributes.Real("lambd", 0.5));
        Scalar above = Number(threshold), below = Number(-threshold);
        return Of(x => (x.Minus(bias) * x.gt(above).to_type(x.dtype)).Plus(x.Plus(bias) * x.lt(below).to_type(x.dtype)));
    }

    private static TorchOperator HardSigmoid(TorchNode node)
    {
        (double alpha, double beta) = (node.Attributes.Real("alpha", 0.2), node.Attributes.Real("beta", 0.5));
        return Of(x => x.Times(alpha).Plus(beta).clamp(Zero, One));
    }

    private static TorchOperator Gelu(TorchNode node) => node.Attributes.Text("approximate", "none") == "none"
        ? Of(x => nn.functional.gelu(x))
        : Of(x => x.Times(0.5) * tanh(x.Plus(x.Times(0.044715) * x * x).Times(Math.Sqrt(2 / Math.PI))).Plus(1));

    private static TorchOperator Clip(TorchNode node)
    {
        Scalar? low = node.Number("min", 1) is { } min ? Number(min) : null;
        Scalar? high = node.Number("max", 2) is { } max ? Number(max) : null;
        return Of(x => low is null && high is null ? x.alias() : x.clamp(low, high));
    }

    private static TorchOperator Along(TorchNode node, Func<Tensor, long, Tensor> function)
    {
        if (node.Opset < 13 && node.Axis(node.Attributes.Integer("axis", 1)) != node.Shape(0).Count - 1)
            throw node.Error("before opset 13 a softmax spans several axes");
        int axis = node.Axis(node.Attributes.Integer("axis", node.Opset < 13 ? 1 : -1));
        return Of(x => function(x, axis));
    }

    /// <summary>Nothing is dropped: the network is one for inference. The mask says so.</summary>
    private static TorchOperator Dropout(TorchNode node)
    {
        bool masked = node.Node.Outputs.Length > 1;
        return (inputs, _) => masked ? [inputs[0]!.alias(), node.Device.Ones(inputs[0]!.shape, ScalarType.Bool)] : [inputs[0]!.alias()];
    }
}
