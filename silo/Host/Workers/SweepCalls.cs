using Distributed.Contracts;

namespace Distributed.Silo.Workers;

/// <summary>A worker's calls to its sweeps, each repeated while its outcome is unknown.</summary>
internal sealed class SweepCalls(IGrainFactory grains, UnknownOutcome policy)
{
    /// <summary>Asks for work, once: the next round asks again.</summary>
    public Task<Lease?> Pull(PullRequest request) => grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key).Pull(request);

    /// <summary>Tells of life, once: the next beat tells again.</summary>
    public Task<IReadOnlyList<LeaseAnswer>> Heartbeat(SweepId sweep, IReadOnlyList<Heartbeat> beats) => Grain(sweep).Heartbeat(beats);

    /// <summary>Tells of a durable checkpoint.</summary>
    public Task<LeaseAnswer> Checkpointed(TrialAssignment attempt, Checkpoint checkpoint, CancellationToken cancellation) =>
        policy.Repeat(() => Of(attempt).Checkpointed(attempt.Trial, attempt.Epoch, checkpoint), cancellation);

    /// <summary>Asks whether to go on.</summary>
    public Task<string?> AtRung(TrialAssignment attempt, RungReport report, CancellationToken cancellation) =>
        policy.Repeat(() => Of(attempt).AtRung(attempt.Trial, attempt.Epoch, report), cancellation);

    /// <summary>Commits the end of an attempt.</summary>
    public Task<CommitAnswer> Complete(TrialAssignment attempt, TrialOutcome outcome, CancellationToken cancellation) =>
        policy.Repeat(() => Of(attempt).Complete(attempt.Trial, attempt.Epoch, outcome), cancellation);

    /// <summary>Gives a lease back.</summary>
    public Task Release(TrialAssignment attempt, string reason, CancellationToken cancellation) => policy.Repeat(
        async () =>
        {
            await Of(attempt).Release(attempt.Trial, attempt.Epoch, reason);
            return true;
        },
        cancellation);

    private ISweepGrain Of(TrialAssignment attempt) => Grain(attempt.Spec.Name);

    private ISweepGrain Grain(SweepId sweep) => grains.GetGrain<ISweepGrain>(sweep.Value);
}
