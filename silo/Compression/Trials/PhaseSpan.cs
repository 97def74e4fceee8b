using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Distributed.Compression.Trials;

/// <summary>Something that an attempt does, from its making to its disposal: a span where the attempt is traced, and a time.</summary>
internal sealed class PhaseSpan(Activity? span, string phase, Histogram<double> durations) : IDisposable
{
    private readonly long _begun = Stopwatch.GetTimestamp();
    private bool _over;

    /// <summary>Says something of it.</summary>
    public void Tag(string key, object? value) => span?.SetTag(key, value);

    public void Dispose()
    {
        if (_over) return;
        _over = true;
        // Before the span ends, so that it is the example of its time.
        durations.Record(Stopwatch.GetElapsedTime(_begun).TotalSeconds, new KeyValuePair<string, object?>("phase", phase));
        span?.Dispose();
    }
}
