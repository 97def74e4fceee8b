using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Distributed.Silo.Telemetry;

/// <summary>What a silo's worker tells of its slots: every name of a span and a metric of this assembly. No label ever names a trial.</summary>
internal static class WorkerTelemetry
{
    /// <summary>The name of the source and of the meter.</summary>
    public const string Name = "Distributed.Worker";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    /// <summary>How long it took until an ending was recorded, with all repetitions.</summary>
    public static readonly Histogram<double> CommitDuration = Meter.CreateHistogram(
        "distributed.commit.duration",
        "s",
        "Time until the end of an attempt was recorded.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600] });

    /// <summary>Executors that were started in place of another, by "slot".</summary>
    public static readonly Counter<long> ExecutorRestarts = Meter.CreateCounter<long>(
        "distributed.executor.restarts", "{restart}", "Executor processes started in place of one that ended.");

    /// <summary>Executors that were killed because nothing moved in them, by "slot".</summary>
    public static readonly Counter<long> ExecutorStalls = Meter.CreateCounter<long>(
        "distributed.executor.stalls", "{stall}", "Executor processes killed because nothing moved in them.");

    static WorkerTelemetry()
    {
        Meter.CreateObservableGauge("distributed.slots", LiveSlots.Count, "{slot}", "Slots of this silo.");
        Meter.CreateObservableGauge("distributed.slot.busy", LiveSlots.Busy, null, "Whether a slot runs an attempt.");
        Meter.CreateObservableGauge("distributed.training.throughput", LiveSlots.Throughput, "{image}/s", "Images a second that a slot trains on.");
        Meter.CreateObservableGauge("distributed.workers.healthy", LiveSlots.Healthy, "{worker}", "1 while this silo's worker gets answers from the cluster.");
    }

    /// <summary>An attempt's span, in its trial's trace; null where nobody traces it.</summary>
    public static Activity? BeginAttempt(TrialAssignment assignment, string slot)
    {
        if (TraceParent.Read(assignment.Trace) is var trial && trial == default) return null;
        var span = Source.StartActivity("attempt", ActivityKind.Consumer, trial);
        span?.SetTag("sweep", assignment.Spec.Name.Value);
        span?.SetTag("trial", assignment.Trial.Number);
        span?.SetTag("epoch", assignment.Epoch);
        span?.SetTag("worker", slot);
        return span;
    }

    /// <summary>The span of telling how an attempt ended.</summary>
    public static Activity? BeginCommit() => Activity.Current is null ? null : Source.StartActivity("commit");
}
