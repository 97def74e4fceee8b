using Distributed.Compression.Graph;
using static TorchSharp.torch;

namespace Distributed.Compression.Training;

/// <summary>Operators that make values from shapes and numbers: where the batch's size is needed as a number.</summary>
internal static class ConstantOperators
{
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["Shape"] = Shape,
        ["Size"] = _ => (inputs, _) => [tensor(inputs[0]!.numel(), ScalarType.Int64)],
        ["ConstantOfShape"] = Filled,
        ["Range"] = Range,
    };

    private static TorchOperator Shape(TorchNode node)
    {
        (int start, int end) = ConstantShapes.Part(node.Inference);
        return (inputs, _) => [tensor(inputs[0]!.shape[start..end], ScalarType.Int64)];
    }

    private static TorchOperator Filled(TorchNode node)
    {
        var shape = node.Computed("shape", 0);
        var type = ElementTypes.Of(node.Output().Type);
        var value = node.Attributes.Constant("value");
        return value is IntegerTensor whole
            ? (inputs, _) => [full(shape(inputs), whole.Data[0], type)]
            : (inputs, _) => [full(shape(inputs), value is FloatTensor floats ? floats.Data[0] : 0f, type)];
    }

    private static TorchOperator Range(TorchNode node)
    {
        var type = ElementTypes.Of(node.Output().Type);
        return (inputs, _) => [arange(inputs[0]!.ToScalar(), inputs[1]!.ToScalar(), inputs[2]!.ToScalar(), type)];
    }
}
