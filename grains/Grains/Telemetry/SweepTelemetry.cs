using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Distributed.Grains;

/// <summary>What the grains tell of sweeps: every name of a span and a metric of this assembly. No label ever names a trial.</summary>
internal static class SweepTelemetry
{
    /// <summary>The name of the source and of the meter.</summary>
    public const string Name = "Distributed.Sweeps";

    /// <summary>Spans: "trial" for the whole of a trial, "suggest" for finding its candidate.</summary>
    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Attempts that ended, by "ending" (completed, stopped, failed, released, expired, lost) and, of failed ones, "failure".</summary>
    public static readonly Counter<long> Attempts = Meter.CreateCounter<long>("distributed.attempts", "{attempt}", "Attempts that ended.");

    /// <summary>Completions by "answer": accepted, stale, duplicate.</summary>
    public static readonly Counter<long> Commits = Meter.CreateCounter<long>("distributed.commits", "{commit}", "Completions by what was answered.");

    /// <summary>How long the search took for one candidate.</summary>
    public static readonly Histogram<double> SuggestionDuration = Seconds("distributed.suggestion.duration", "Time to find a candidate.");

    /// <summary>How long an append took until it was durable.</summary>
    public static readonly Histogram<double> AppendDuration = Seconds("distributed.append.duration", "Time until an append to a sweep's log was durable.");

    /// <summary>Calls of the log store that failed, by "operation".</summary>
    public static readonly Counter<long> StoreErrors = Meter.CreateCounter<long>("distributed.store.errors", "{error}", "Calls of a store that failed.");

    static SweepTelemetry()
    {
        Meter.CreateObservableGauge("distributed.trials", () => LiveSweeps.Trials(), "{trial}", "Trials by sweep and state.");
        Meter.CreateObservableGauge("distributed.queue.depth", () => LiveSweeps.Each(sweep => sweep.In(TrialStatus.Waiting)), "{trial}", "Trials that wait for a slot.");
        Meter.CreateObservableGauge("distributed.lease.age", () => LiveSweeps.Each(sweep => sweep.LeaseAge), "s", "Longest silence of a leased attempt.");
        Meter.CreateObservableGauge("distributed.watchers", () => LiveSweeps.Each(sweep => sweep.Watchers), "{watcher}", "Consoles and pages that follow a sweep.");
        Meter.CreateObservableGauge("distributed.hypervolume", () => LiveSweeps.Each(sweep => sweep.Hypervolume), null, "Hypervolume of the front.");
        Meter.CreateObservableGauge("distributed.front.size", () => LiveSweeps.Each(sweep => sweep.FrontSize), "{model}", "Models on the front.");
        Meter.CreateObservableGauge("distributed.front.age", () => LiveSweeps.Each(sweep => sweep.FrontAge), "s", "Time since the front changed, of running sweeps.");
    }

    /// <summary>Shows at 0 what is counted only when something goes wrong: a rule can tell "never" from "not known".</summary>
    public static void Begin()
    {
        foreach (string ending in (string[])["completed", "stopped", "released", "expired", "lost"]) Attempts.Add(0, new KeyValuePair<string, object?>("ending", ending));
        foreach (var failure in Enum.GetValues<FailureKind>()) Attempts.Add(0, new("ending", "failed"), new("failure", failure.ToString()));
        foreach (string answer in (string[])["accepted", "stale"]) Commits.Add(0, new KeyValuePair<string, object?>("answer", answer));
        StoreErrors.Add(0, new KeyValuePair<string, object?>("operation", "append"));
    }

    private static Histogram<double> Seconds(string name, string description) => Meter.CreateHistogram(
        name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
}
