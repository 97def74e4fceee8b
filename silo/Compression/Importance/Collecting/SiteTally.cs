using Distributed.Compression.Training;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Importance;

/// <summary>Adds up what the units at one site put out, batch by batch.</summary>
/// <param name="site">The site.</param>
/// <param name="gated">Whether the loss's slope is asked for.</param>
/// <param name="device">Where values lie.</param>
internal sealed class SiteTally(ActivationSite site, bool gated, TrainingDevice device)
{
    private readonly int[] _units = [.. site.Units.Where(unit => unit >= 0).Distinct().Order()];
    private readonly double[] _magnitude = new double[site.Units.Length];
    private readonly double[] _positive = new double[site.Units.Length];
    private readonly List<float[]> _imageMeans = [];
    private readonly double[] _slopes = new double[site.Units.Length];
    private Tensor? _gate;
    private long _images;

    /// <summary>Notes a batch's value.</summary>
    /// <returns>The value to go on with: behind open gates where slopes are asked for.</returns>
    public Tensor See(Tensor value)
    {
        Note(value.detach());
        if (!gated) return value;
        // One gate for each image and unit; the last stands for all that is always kept.
        _gate = device.Ones([value.shape[site.ImageAxis], _units.Length + 1]).requires_grad_();
        long[] gates = [.. site.Units.Select(unit => unit < 0 ? _units.Length : (long)Array.BinarySearch(_units, unit))];
        long[] shape = new long[value.dim()];
        Array.Fill(shape, 1);
        (shape[site.ImageAxis], shape[site.UnitAxis]) = (_gate.shape[0], gates.Length);
        var open = _gate.index_select(1, device.Of(gates));
        return value * (site.ImageAxis < site.UnitAxis ? open : open.t()).reshape(shape);
    }

    /// <summary>Takes the slopes once the loss has been differentiated.</summary>
    public void TakeSlopes()
    {
        float[] slopes = _gate?.grad is { } grad ? TrainingDevice.Floats(grad) : [];
        for (int i = 0; i < slopes.Length; i++)
        {
            if (i % (_units.Length + 1) is var unit && unit < _units.Length) _slopes[unit] += Math.Abs(slopes[i]);
        }

        _gate = null;
    }

    /// <summary>What was seen of some units that stand here; null where the first does not.</summary>
    /// <param name="first">The first unit's number.</param>
    /// <param name="count">How many there are.</param>
    public SiteActivations? Of(int first, int count)
    {
        if (Array.BinarySearch(_units, first) < 0) return null;
        int[][] places = [.. Enumerable.Range(first, count).Select(unit => site.Units.Index().Where(item => item.Item == unit).Select(item => item.Index).ToArray())];
        return new(
            site.Value,
            [.. places.Select(unit => unit.Average(place => _magnitude[place]) / _images)],
            [.. places.Select(unit => unit.Average(place => _positive[place]) / _images)],
            [.. places.Select(unit => _imageMeans.Select(image => unit.Average(place => (double)image[place])).ToArray())],
            gated ? [.. Enumerable.Range(first, count).Select(unit => _slopes[Array.BinarySearch(_units, unit)] / _images)] : null);
    }

    /// <summary>Means over positions, for each image and place on the unit axis.</summary>
    private void Note(Tensor value)
    {
        var moved = value.movedim([site.ImageAxis, site.UnitAxis], [0, 1]).reshape(value.shape[site.ImageAxis], site.Units.Length, -1);
        float[] magnitude = TrainingDevice.Floats(moved.abs().mean([2]));
        float[] positive = TrainingDevice.Floats(moved.gt(TensorArithmetic.Zero).to(ScalarType.Float32).mean([2]));
        float[] means = TrainingDevice.Floats(moved.mean([2]));
        int width = site.Units.Length;
        for (int i = 0; i < magnitude.Length; i++)
        {
            _magnitude[i % width] += magnitude[i];
            _positive[i % width] += positive[i];
        }

        _imageMeans.AddRange(means.Chunk(width));
        _images += magnitude.Length / width;
    }
}
