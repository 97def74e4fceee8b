using System.Diagnostics;
using System.Diagnostics.Metrics;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>What an executor tells of its attempts: every name of a span and a metric of this assembly. No label ever names a trial.</summary>
public static class ExecutorTelemetry
{
    /// <summary>The name of the source and of the meter.</summary>
    public const string Name = "Distributed.Executor";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> PhaseDuration = Meter.CreateHistogram(
        "distributed.phase.duration",
        "s",
        "Time of one phase of an attempt, by phase; of fine-tuning, of one epoch.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600] });

    private static readonly Counter<long> Images = Meter.CreateCounter<long>("distributed.training.images", "{image}", "Images trained on.");

    /// <summary>Begins something that an attempt does; over when disposed. The span is a child of the attempt's.</summary>
    /// <param name="context">The attempt.</param>
    /// <param name="phase">load, train, prune, recalibrate, finetune, evaluate, quantize, measure, profile, checkpoint or export.</param>
    internal static PhaseSpan Begin(this ITrialContext context, string phase) => new(
        context.Trace == default ? null : Source.StartActivity(phase, ActivityKind.Internal, context.Trace), phase, PhaseDuration);

    /// <summary>A step was trained on so many images.</summary>
    internal static void Trained(int images) => Images.Add(images);
}
