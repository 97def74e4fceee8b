using Distributed.Sweeps;

namespace Distributed.Compression.Quantization;

/// <summary>The calibrations by name. A new one is one file and one line here.</summary>
internal static class Calibrations
{
    private static readonly ICalibration[] All = [new MinMaxCalibration(), new PercentileCalibration(), new EntropyCalibration()];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(calibration => calibration.Name)];

    /// <exception cref="InvalidInputException">There is no such calibration.</exception>
    public static ICalibration Named(string name) => All.FirstOrDefault(calibration => calibration.Name == name)
        ?? throw new InvalidInputException("calibration", $"'{name}' is not known", $"Choose from: {string.Join(", ", Names)}.");
}
