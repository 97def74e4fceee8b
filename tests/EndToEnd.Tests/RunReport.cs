using System.Text.Json;

namespace Distributed.EndToEnd.Tests;

/// <summary>The object that `run --json` ends with, as a reader outside would declare it.</summary>
internal sealed record RunReport(
    string Sweep, BaselineReport Baseline, IReadOnlyList<FrontReport> Front, double Hypervolume, TrialsReport Trials, double Seconds)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The last line of standard output.</summary>
    public static RunReport Parse(string output) =>
        JsonSerializer.Deserialize<RunReport>(output.TrimEnd().Split('\n')[^1], Options)
        ?? throw new InvalidOperationException("The run printed no report.");
}

internal sealed record BaselineReport(double Accuracy, double LatencyMs, long Macs, long Parameters, long Bytes);

internal sealed record FrontReport(
    int Trial,
    double Accuracy,
    double TestAccuracy,
    double CorruptedAccuracy,
    double LatencyMs,
    double LatencyRatio,
    long Macs,
    long Parameters,
    long Bytes,
    string Model);

internal sealed record TrialsReport(int Completed, int Stopped, int Failed);
