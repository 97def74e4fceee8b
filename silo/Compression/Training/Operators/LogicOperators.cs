using Distributed.Compression.Graph;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>Comparisons, choices, and changes of the element type.</summary>
internal static class LogicOperators
{
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["Equal"] = _ => Of((x, y) => x.eq(y)),
        ["Greater"] = _ => Of((x, y) => x.gt(y)),
        ["GreaterOrEqual"] = _ => Of((x, y) => x.ge(y)),
        ["Less"] = _ => Of((x, y) => x.lt(y)),
        ["LessOrEqual"] = _ => Of((x, y) => x.le(y)),
        ["And"] = _ => Of((x, y) => x.logical_and(y)),
        ["Or"] = _ => Of((x, y) => x.logical_or(y)),
        ["Xor"] = _ => Of((x, y) => x.logical_xor(y)),
        ["Not"] = _ => (inputs, _) => [inputs[0]!.logical_not()],
        ["IsNaN"] = _ => (inputs, _) => [inputs[0]!.isnan()],
        ["Where"] = _ => (inputs, _) => [where(inputs[0]!, inputs[1]!, inputs[2]!)],
        ["Cast"] = Cast,
        ["CastLike"] = Cast,
    };

    private static TorchOperator Of(Func<Tensor, Tensor, Tensor> function) => (inputs, _) => [function(inputs[0]!, inputs[1]!)];

    private static TorchOperator Cast(TorchNode node)
    {
        var type = ElementTypes.Of(OnnxTypes.Widen(node.Output().Type));
        return (inputs, _) => [inputs[0]!.dtype == type ? inputs[0]!.alias() : inputs[0]!.to_type(type)];
    }
}
