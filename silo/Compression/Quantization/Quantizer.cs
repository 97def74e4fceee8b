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
}
