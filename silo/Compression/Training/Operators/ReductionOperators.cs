using Distributed.Compression.Graph;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>Reductions over axes, and the places of extremes.</summary>
internal static class ReductionOperators
{
    private static readonly Scalar LeastExtreme = TensorArithmetic.Number(double.NegativeInfinity);
    private static readonly Scalar LargestExtreme = TensorArithmetic.Number(double.PositiveInfinity);

    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["ReduceMean"] = node => Reduce(node, (x, axes, keep) => x.mean(axes, keep)),
        ["ReduceSum"] = node => Reduce(node, (x, axes, keep) => x.sum(axes, keep, x.dtype)),
        ["ReduceMax"] = node => Reduce(node, (x, axes, keep) => Extreme(x, axes, keep, LeastExtreme, (y, over) => y.amax(over, keep))),
        ["ReduceMin"] = node => Reduce(node, (x, axes, keep) => Extreme(x, axes, keep, LargestExtreme, (y, over) => y.amin(over, keep))),
        ["ReduceL1"] = node => Reduce(node, (x, axes, keep) => x.abs().sum(axes, keep, x.dtype)),
        ["ReduceL2"] = node => Reduce(node, (x, axes, keep) => (x * x).sum(axes, keep, x.dtype).sqrt()),
        ["ReduceSumSquare"] = node => Reduce(node, (x, axes, keep) => (x * x).sum(axes, keep, x.dtype)),
        ["ReduceLogSum"] = node => Reduce(node, (x, axes, keep) => x.sum(axes, keep, x.dtype).log()),
        ["ReduceLogSumExp"] = node => Reduce(node, (x, axes, keep) => axes.OrderDescending().Aggregate(x, (y, axis) => y.logsumexp(axis, keep))),
        ["ReduceProd"] = node => Reduce(node, (x, axes, keep) => axes.OrderDescending().Aggregate(x, (y, axis) => y.prod(axis, keep, x.dtype))),
        ["ArgMax"] = node => Place(node, (x, axis, keep) => x.argmax(axis, keep)),
        ["ArgMin"] = node => Place(node, (x, axis, keep) => x.argmin(axis, keep)),
    };

    private static TorchOperator Reduce(TorchNode node, Func<Tensor, long[], bool, Tensor> reduce)
    {
        long[] axes = ConvolutionOperators.Wide(ReductionShapes.Axes(node.Inference));
        bool keep = node.Attributes.Integer("keepdims", 1) != 0;
        return axes.Length == 0 ? (inputs, _) => [inputs[0]!.alias()] : (inputs, _) => [reduce(inputs[0]!, axes, keep)];
    }

    /// <summary>The extreme of nothing is the infinity that every number is beyond.</summary>
    private static Tensor Extreme(Tensor x, long[] axes, bool keep, Scalar ofNothing, Func<Tensor, long[], Tensor> reduce) =>
        axes.All(axis => x.shape[axis] > 0) ? reduce(x, axes) : full_like(x.sum(axes, keep, x.dtype), ofNothing);

    private static TorchOperator Place(TorchNode node, Func<Tensor, long, bool, Tensor> place)
    {
        int axis = node.Axis(node.Attributes.Integer("axis", 0));
        bool keep = node.Attributes.Integer("keepdims", 1) != 0;
        bool last = node.Attributes.Integer("select_last_index", 0) != 0;
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            return [last ? place(x.flip(new long[] { axis }), axis, keep).neg().Plus(x.shape[axis] - 1) : place(x, axis, keep)];
        };
    }
}
