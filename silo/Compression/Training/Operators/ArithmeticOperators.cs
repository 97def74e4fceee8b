using static TorchSharp.torch;

namespace Distributed.Compression.Training;

/// <summary>Functions of several values, broadcast against each other.</summary>
internal static class ArithmeticOperators
{
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["Add"] = _ => Of((x, y) => x + y),
        ["Sub"] = _ => Of((x, y) => x - y),
        ["Mul"] = _ => Of((x, y) => x * y),
        ["Div"] = _ => Of((x, y) => x / y),
        ["Pow"] = _ => Of((x, y) => pow(x, y)),
        ["Max"] = _ => Of((x, y) => maximum(x, y)),
        ["Min"] = _ => Of((x, y) => minimum(x, y)),
        ["Sum"] = _ => Of((x, y) => x + y),
        ["PRelu"] = _ => Of((x, slope) => x.clamp_min(0) + (slope * x.clamp_max(0))),
    };

    private static TorchOperator Of(Func<Tensor, Tensor, Tensor> function) => (inputs, _) =>
    {
        var result = inputs.Length == 1 ? inputs[0]!.alias() : function(inputs[0]!, inputs[1]!);
        for (int i = 2; i < inputs.Length; i++) result = function(result, inputs[i]!);
        return [result];
    };
}
