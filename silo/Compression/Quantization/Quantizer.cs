using Distributed.Compression.Graph;

namespace Distributed.Compression.Quantization;

/// <summary>Turns a trained float network into one of 8-bit integers, without training (static post-training quantisation).</summary>
internal static class Quantizer
{
    /// <summary>The grids for a network.</summary>
    /// <param name="network">Normalised, with the weights and statistics of its last training.</param>
    /// <param name="batches">Row-major batches of training images.</param>
    /// <param name="calibration">How ranges are chosen.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    /// <exception cref="Sweeps.InvalidInputException">An activation is NaN or infinite; it is named.</exception>
    public static QuantizationGrids Calibrate(Network network, IEnumerable<float[]> batches, ICalibration calibration, CancellationToken cancellation = default) =>
        Calibrator.Calibrate(new(QuantizationForm.Of(network)), batches, calibration, cancellation);

    /// <summary>The size of the quantised file, up to the few bytes that depend on its numbers.</summary>
    public static long Bytes(Network network) => OnnxWriter.ToBytes(Uncalibrated(network)).Length;

    /// <summary>The quantised network with numbers that mean nothing: it takes the time and the bytes that it will take.</summary>
    public static Network Uncalibrated(Network network)
    {
        var scheme = new QuantizationScheme(QuantizationForm.Of(network));
        string[] grids = [.. scheme.Grids.Values.Distinct()];
        // Different for each grid, and so small that no Clip is beyond a grid's end.
        var numbers = scheme.Grids.ToDictionary(pair => pair.Key, pair => new ActivationGrid(MathF.ScaleB(1 + Array.IndexOf(grids, pair.Value), -16), 0), StringComparer.Ordinal);
        return QdqExport.Write(new(scheme, numbers));
    }
}
