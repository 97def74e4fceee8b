using Distributed.Client.Selection;
using Distributed.Client.Sessions;

namespace Distributed.Client.Reports;

/// <summary>The object with which `run --json` ends. The order and the names of the properties are a contract.</summary>
/// <param name="Sweep">Its name.</param>
/// <param name="Baseline">The dense model; null when it was never measured.</param>
/// <param name="Front">Fastest first.</param>
/// <param name="Hypervolume">Of the front.</param>
/// <param name="Trials">Candidates, the dense baseline not counted.</param>
/// <param name="Seconds">Time spent running, pauses not counted.</param>
internal sealed record RunReport(
    string Sweep, BaselineReport? Baseline, IReadOnlyList<FrontModel> Front, double Hypervolume, TrialCounts Trials, double Seconds)
{
    /// <summary>The report of a sweep that has ended.</summary>
    /// <param name="picture">The sweep.</param>
    /// <param name="files">Where the models were written, relative to the working directory.</param>
    /// <param name="now">The time.</param>
    public static RunReport Of(SweepPicture picture, IReadOnlyDictionary<TrialId, string> files, DateTimeOffset now)
    {
        var view = FrontView.Of(picture.State);
        return new(
            picture.State.Spec!.Name.Value,
            view.Dense?.Measurement is { } dense ? BaselineReport.Of(dense) : null,
            [.. view.Models.Select(trial => FrontModel.Of(trial, files.GetValueOrDefault(trial.Id)))],
            picture.State.Hypervolume,
            TrialCounts.Of(picture),
            Math.Round(picture.ElapsedAt(now).TotalSeconds, 3));
    }
}

/// <summary>The dense model.</summary>
internal sealed record BaselineReport(double Accuracy, double LatencyMs, long Macs, long Parameters, long Bytes)
{
    /// <summary>From its measurement.</summary>
    public static BaselineReport Of(Measurement dense) =>
        new(dense.Accuracy, dense.Latency.MedianMs, dense.Macs, dense.Parameters, dense.Bytes);
}

/// <summary>How many candidates ended how.</summary>
internal sealed record TrialCounts(int Completed, int Stopped, int Failed)
{
    /// <summary>Of a sweep.</summary>
    public static TrialCounts Of(SweepPicture picture) =>
        new(picture.Count(TrialStatus.Completed), picture.Count(TrialStatus.Stopped), picture.Count(TrialStatus.Failed));
}
