using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Distributed.Grains;

/// <summary>The trace of each trial: its place is known from the first record on, its root span is told when the trial closes.</summary>
/// <remarks>
/// A span is exported when it ends, and a trial may end on another silo than it began on. So trace and root span get their numbers from
/// the sweep's name and launch and the trial's number: every silo that reads the log knows them, nothing random enters it, and the root is
/// told once, by whoever records the end, with the times of the log.
/// </remarks>
internal static class TrialTraces
{
    private const int TraceBytes = 16;
    private const int SpanBytes = 8;

    /// <summary>Where a trial's spans stand; null while nobody listens.</summary>
    private static ActivityContext? Of(SweepId sweep, SweepState state, TrialId trial)
    {
        if (!SweepTelemetry.Source.HasListeners()) return null;
        string launch = state.LaunchTrace ?? Invariant($"{state.Launched.UtcTicks}");
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(Invariant($"{sweep} {launch} {trial.Number}")));
        return new(
            ActivityTraceId.CreateFromBytes(hash.AsSpan(0, TraceBytes)),
            ActivitySpanId.CreateFromBytes(hash.AsSpan(TraceBytes, SpanBytes)),
            ActivityTraceFlags.Recorded,
            isRemote: true);
    }

    /// <summary>Where a trial's spans stand, as a lease says it: as its leases before said, where there were some. Null while nobody listens.</summary>
    public static string? Of(SweepId sweep, SweepState state, TrialState trial) =>
        trial.Trace ?? (Of(sweep, state, trial.Id) is { } place ? TraceParent.Write(place) : null);

    /// <summary>The span of finding a candidate, in the trace of the trial that it is for; null while nobody listens.</summary>
    public static Activity? Suggest(SweepId sweep, SweepState state, TrialId trial)
    {
        Activity.Current = null;
        return Of(sweep, state, trial) is { } place ? SweepTelemetry.Source.StartActivity("suggest", ActivityKind.Internal, place) : null;
    }

    /// <summary>Tells the root span of a trial that has just been closed.</summary>
    public static void Close(SweepId sweep, SweepState state, TrialState trial)
    {
        if (TraceParent.Read(trial.Trace) is not { TraceFlags: ActivityTraceFlags.Recorded } place) return;
        var caller = Activity.Current;
        Activity.Current = null;
        try
        {
            ActivityContext root = new(place.TraceId, default, place.TraceFlags);
            using var span = SweepTelemetry.Source.StartActivity("trial", ActivityKind.Internal, root, Tags(sweep, trial), Links(state), trial.Suggested);
            if (span is null) return;
            Number(span) = place.SpanId.ToHexString();
            if (trial.Status == TrialStatus.Failed) span.SetStatus(ActivityStatusCode.Error, trial.Ending);
            span.SetEndTime((trial.Attempts[^1].Ended ?? state.LastChange).UtcDateTime);
        }
        finally
        {
            Activity.Current = caller;
        }
    }

    /// <summary>A span chooses its own number; but the children of a root that ends last must know it first.</summary>
    /// <remarks>
    /// No public member sets it: a parent's context, a sampler and Activity.TraceIdGenerator decide on the trace alone, and the number is drawn
    /// at random when the span starts. A root with another number would leave every attempt without its parent. Tests of the exported traces fail
    /// where a runtime calls the field otherwise.
    /// </remarks>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? Number(Activity span);

    private static IEnumerable<ActivityLink> Links(SweepState state) =>
        TraceParent.Read(state.LaunchTrace) is { } launch && launch != default ? [new(launch)] : [];

    private static IEnumerable<KeyValuePair<string, object?>> Tags(SweepId sweep, TrialState trial) =>
    [
        new("sweep", sweep.Value),
        new("trial", trial.Id.Number),
        new("status", trial.Status.ToString().ToLowerInvariant()),
        new("attempts", trial.Attempts.Count),
        new("candidate", trial.Candidate?.ToString() ?? "dense"),
        new("reason", trial.Reason),
    ];
}
