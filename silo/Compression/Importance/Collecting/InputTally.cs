using Distributed.Compression.Training;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Importance;

/// <summary>Adds up the squares of one value along one of its axes.</summary>
/// <param name="axis">The axis; −1 for the last.</param>
internal sealed class InputTally(int axis)
{
    private double[] _squares = [];
    private double _count;

    /// <summary>Notes a batch's value.</summary>
    public void See(Tensor value)
    {
        var detached = value.detach();
        long[] others = [.. Enumerable.Range(0, (int)value.dim()).Where(other => other != (axis < 0 ? value.dim() + axis : axis)).Select(other => (long)other)];
        var squares = detached * detached;
        float[] means = TrainingDevice.Floats(others.Length > 0 ? squares.mean(others) : squares);
        if (_squares.Length == 0) _squares = new double[means.Length];
        double weight = (double)value.numel() / means.Length;
        for (int i = 0; i < means.Length; i++) _squares[i] += means[i] * weight;
        _count += weight;
    }

    /// <summary>The mean square at each place.</summary>
    public double[] MeanSquares() => [.. _squares.Select(sum => sum / _count)];
}
