using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Distributed.Client.Telemetry;

/// <summary>What the console tells of itself: every name of a span and a metric of this assembly.</summary>
internal static partial class ClientTelemetry
{
    /// <summary>The name of the source and of the meter.</summary>
    public const string Name = "Distributed.Client";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> CommandDuration = Meter.CreateHistogram(
        "distributed.command.duration",
        "s",
        "Time of a command, by its exit code.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 10, 60, 600, 3600, 36000] });

    /// <summary>The launch of a sweep: a short trace of its own, to which the traces of its trials link.</summary>
    public static async Task Launching(SweepId sweep, Func<Task> launch)
    {
        // Whatever page or request asked for it: the trace begins here.
        Activity.Current = null;
        using var span = Source.StartActivity("sweep.launch", ActivityKind.Client);
        span?.SetTag("sweep", sweep.Value);
        try
        {
            await launch();
        }
        catch (Exception e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
    }

    /// <summary>A command has ended.</summary>
    public static void Ended(ILogger logger, TimeSpan after, int code)
    {
        CommandDuration.Record(after.TotalSeconds, new KeyValuePair<string, object?>("code", code));
        LogEnded(logger, code, after.TotalSeconds);
    }

    [LoggerMessage(LogLevel.Information, "A command ended with exit code {Code} after {Seconds:0.0} s")]
    private static partial void LogEnded(ILogger logger, int code, double seconds);
}
