using Distributed.Contracts;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Distributed.Grains;

/// <summary>Which sweeps exist, read once from what their owners note beside the logs, then as the sweeps announce; and which of them a free slot works for.</summary>
/// <remarks>
/// On one machine (<see cref="ReactivationRule.WaitForLaunch"/>) a sweep whose log says that it runs, and that nobody launched or resumed
/// in this process, was interrupted: it is listed as paused and has no work.
/// </remarks>
[KeepAlive, Reentrant, OnControlSilos]
internal sealed partial class CatalogGrain(SweepSurroundings around, ILogger<CatalogGrain> logger) : Grain, ICatalogGrain
{
    private const int AtOnce = 8;
    private readonly SortedDictionary<string, SweepSummary> _sweeps = new(StringComparer.Ordinal);
    private readonly FairShares _shares = new(around.Clock.Time);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var some in (await around.Logs.List(cancellationToken)).Chunk(AtOnce))
            await Task.WhenAll(some.Select(sweep => ReadOne(sweep, cancellationToken)));
    }

    public Task<IReadOnlyList<SweepSummary>> List() => Task.FromResult<IReadOnlyList<SweepSummary>>([.. _sweeps.Values]);

    public Task<IReadOnlyList<SweepId>> Running() => Task.FromResult<IReadOnlyList<SweepId>>(
        [.. _sweeps.Values.Where(sweep => sweep.Status == SweepStatus.Running).Select(sweep => sweep.Name)]);

    public Task Announce(SweepSummary summary)
    {
        Know(summary);
        return Task.CompletedTask;
    }

    public async Task<Lease?> Pull(PullRequest request)
    {
        _shares.Free(request.Slot);
        var shares = _shares.For(request.Device);
        var asked = request with { Patient = request.Patient && shares.Count == 1 };
        Exception? unanswered = null;
        foreach (var share in shares)
        {
            var charged = _shares.Charge(share);
            try
            {
                if (await GrainFactory.GetGrain<ISweepGrain>(share.Sweep.Name.Value).Pull(asked) is { } lease)
                {
                    _shares.Begin(charged, request.Slot, request.Device);
                    return lease;
                }
            }
            catch (Exception e) when (e is SweepUnavailableException or InvalidInputException or TimeoutException or OrleansException)
            {
                // One sweep that cannot answer must not keep the others waiting.
                unanswered = e;
            }

            FairShares.Refund(charged);
        }

        return unanswered is null ? null : throw unanswered;
    }

    private void Know(SweepSummary summary)
    {
        _sweeps[summary.Name.Value] = summary;
        _shares.Know(summary);
    }

    private async Task ReadOne(SweepId sweep, CancellationToken cancellation)
    {
        try
        {
            var listing = await SweepListing.Read(around.Logs, sweep, cancellation);
            if (listing.Summary is not { } summary) return;
            bool interrupted = summary.Status == SweepStatus.Running
                && around.Options.OnReactivation == ReactivationRule.WaitForLaunch
                && !around.Started.Contains(sweep);
            Know(interrupted ? summary with { Status = SweepStatus.Paused } : summary);
            if (listing.MayTell && summary.Status is SweepStatus.Finished or SweepStatus.Failed) _ = Wake(sweep);
        }
        catch (LogCorruptException e)
        {
            // One broken log must not hide the others; whoever opens the sweep gets the full message.
            LogUnreadable(e, sweep);
        }
    }

    /// <summary>Nobody asks an ended sweep for work any more; one that still has something to tell is woken to do it.</summary>
    private async Task Wake(SweepId sweep)
    {
        try
        {
            await GrainFactory.GetGrain<ISweepGrain>(sweep.Value).Read(0, 0);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or SweepUnavailableException or InvalidInputException)
        {
            LogNotWoken(e, sweep);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Sweep {Sweep} has a notification to send and could not be woken")]
    private partial void LogNotWoken(Exception exception, SweepId sweep);

    [LoggerMessage(LogLevel.Error, "The log of sweep {Sweep} cannot be read; it is not listed")]
    private partial void LogUnreadable(Exception exception, SweepId sweep);
}
