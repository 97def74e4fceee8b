using Distributed.Compression.Graph;
using TorchSharp;

namespace Distributed.Compression.Training;

/// <summary>Operators that make values from shapes and numbers: where the batch's size is needed as a number.</summary>
internal static class ConstantOperators
{
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["Shape"] = Shape,
        ["Size"] = node => (inputs, _) => [node.Device.Of(inputs[0]!.numel())],
        ["ConstantOfShape"] = Filled,
        ["Range"] = Range,
    };

    private static TorchOperator Shape(TorchNode node)
    {
        (int start, int end) = ConstantShapes.Part(node.Inference);
        return (inputs, _) => [node.Device.Of(inputs[0]!.shape[start..end])];
    }

    private static TorchOperator Filled(TorchNode node)
    {
        var shape = node.Computed("shape", 0);
        var type = ElementTypes.Of(node.Output().Type);
        var value = node.Attributes.Constant("value");
        var number = value switch
        {
            IntegerTensor whole => TensorArithmetic.Number(whole.Data[0]),
            FloatTensor floats => TensorArithmetic.Number(floats.Data[0]),
            _ => TensorArithmetic.Zero,
        };
        return (inputs, _) => [node.Device.Filled(shape(inputs), number, type)];
    }

    private static TorchOperator Range(TorchNode node)
    {
        var type = ElementTypes.Of(node.Output().Type);
        return (inputs, _) =>
        {
            using Scalar start = inputs[0]!.ToScalar(), end = inputs[1]!.ToScalar(), step = inputs[2]!.ToScalar();
            return [node.Device.Range(start, end, step, type)];
        };
    }
}
