using System.Diagnostics;

namespace Distributed.Sweeps;

/// <summary>A span's place as text: "00-TRACE-SPAN-FLAGS", the W3C's traceparent.</summary>
public static class TraceParent
{
    /// <summary>The text of a place.</summary>
    public static string Write(ActivityContext context) =>
        Invariant($"00-{context.TraceId.ToHexString()}-{context.SpanId.ToHexString()}-{(byte)context.TraceFlags:x2}");

    /// <summary>The place that a text names, in another process; default for null and for what is no traceparent.</summary>
    public static ActivityContext Read(string? text) => ActivityContext.TryParse(text, null, isRemote: true, out var context) ? context : default;
}
