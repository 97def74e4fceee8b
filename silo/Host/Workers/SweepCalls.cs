using Distributed.Contracts;
using Microsoft.Extensions.Logging;

namespace Distributed.Silo.Workers;

/// <summary>A worker's calls to its sweeps, each repeated while its outcome is unknown. What has to wait says so once, and for what.</summary>
internal sealed partial class SweepCalls(IGrainFactory grains, UnknownOutcome policy, ILogger<SweepCalls> logger)
{
    /// <summary>Asks for work, once: the next round asks again.</summary>
    public Task<Lease?> Pull(PullRequest request) => grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key).Pull(request);

    /// <summary>Tells of life, once: the next beat tells again.</summary>
    public Task<IReadOnlyList<LeaseAnswer>> Heartbeat(SweepId sweep, IReadOnlyList<Heartbeat> beats) => Grain(sweep).Heartbeat(beats);

    /// <summary>Tells of a durable checkpoint.</summary>
    public Task<LeaseAnswer> Checkpointed(TrialAssignment attempt, Checkpoint checkpoint, CancellationToken cancellation) =>
        Repeat(attempt, sweep => sweep.Checkpointed(attempt.Trial, attempt.Epoch, checkpoint), cancellation);

    /// <summary>Asks whether to go on.</summary>
    public Task<string?> AtRung(TrialAssignment attempt, RungReport report, CancellationToken cancellation) =>
        Repeat(attempt, sweep => sweep.AtRung(attempt.Trial, attempt.Epoch, report), cancellation);

    /// <summary>Commits the end of an attempt.</summary>
    public Task<CommitAnswer> Complete(TrialAssignment attempt, TrialOutcome outcome, CancellationToken cancellation) =>
        Repeat(attempt, sweep => sweep.Complete(attempt.Trial, attempt.Epoch, outcome), cancellation);

    /// <summary>Gives a lease back.</summary>
    public Task Release(TrialAssignment attempt, string reason, CancellationToken cancellation) => Repeat(
        attempt,
        async sweep =>
        {
            await sweep.Release(attempt.Trial, attempt.Epoch, reason);
            return true;
        },
        cancellation);

    private Task<T> Repeat<T>(TrialAssignment attempt, Func<ISweepGrain, Task<T>> call, CancellationToken cancellation) => policy.Repeat(
        () => call(Grain(attempt.Spec.Name)), cancellation, why => LogWaits(attempt.Spec.Name, attempt.Trial, attempt.Epoch, why.Message));

    private ISweepGrain Grain(SweepId sweep) => grains.GetGrain<ISweepGrain>(sweep.Value);

    [LoggerMessage(LogLevel.Warning, "What attempt {Epoch} at trial {Trial} of sweep {Sweep} has to tell waits to be recorded: {Reason}")]
    private partial void LogWaits(SweepId sweep, TrialId trial, int epoch, string reason);
}
