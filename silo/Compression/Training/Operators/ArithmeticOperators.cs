using static TorchSharp.torch;

namespace Distributed.Compression.Training;

/// <summary>Arithmetic: functions of one value, and of several that are broadcast against each other.</summary>
internal static class ArithmeticOperators
{
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["Add"] = _ => Of(TensorArithmetic.Plus),
        ["Sub"] = _ => Of((x, y) => x - y),
        ["Mul"] = _ => Of((x, y) => x * y),
        ["Div"] = _ => Of((x, y) => x.is_floating_point() ? x / y : x.div(y, RoundingMode.trunc)),
        ["Mod"] = node => node.Attributes.Integer("fmod", 0) != 0 ? Of(fmod) : Of(remainder),
        ["Pow"] = _ => Of((x, y) => pow(x, y).to_type(x.dtype)),
        ["Max"] = _ => Of(maximum),
        ["Min"] = _ => Of(minimum),
        ["Sum"] = _ => Of(TensorArithmetic.Plus),
        ["Mean"] = _ => (inputs, _) => [inputs.Skip(1).Aggregate(inputs[0]!, (sum, next) => sum.Plus(next!)).Over(inputs.Length)],
        ["PRelu"] = _ => Of((x, slope) => x.clamp_min(TensorArithmetic.Zero).Plus(slope * x.clamp_max(TensorArithmetic.Zero))),
        ["Erf"] = _ => Of(erf),
        ["Exp"] = _ => Of(exp),
        ["Log"] = _ => Of(log),
        ["Sqrt"] = _ => Of(sqrt),
        ["Neg"] = _ => Of(x => -x),
        ["Abs"] = _ => Of(abs),
        ["Reciprocal"] = _ => Of(reciprocal),
        ["Identity"] = _ => Of(x => x.alias()),
        ["Floor"] = _ => Of(floor),
        ["Ceil"] = _ => Of(ceil),
        ["Round"] = _ => Of(x => round(x)),
        ["Sign"] = _ => Of(sign),
        ["Sin"] = _ => Of(sin),
        ["Cos"] = _ => Of(cos),
        ["Tan"] = _ => Of(tan),
        ["Asin"] = _ => Of(asin),
        ["Acos"] = _ => Of(acos),
        ["Atan"] = _ => Of(atan),
        ["Sinh"] = _ => Of(sinh),
        ["Cosh"] = _ => Of(cosh),
    };

    private static TorchOperator Of(Func<Tensor, Tensor> function) => (inputs, _) => [function(inputs[0]!)];

    private static TorchOperator Of(Func<Tensor, Tensor, Tensor> function) => (inputs, _) =>
    {
        var result = inputs.Length == 1 ? inputs[0]!.alias() : function(inputs[0]!, inputs[1]!);
        for (int i = 2; i < inputs.Length; i++) result = function(result, inputs[i]!);
        return [result];
    };
}
