using Distributed.Contracts;

namespace Distributed.Grains;

/// <summary>What is known of open leases and not recorded: until when they hold, how far their attempts are.</summary>
/// <remarks>
/// Lost with the activation: the next one gives every open lease a full time to live. Goes by the monotonic clock, so that a wall clock that
/// jumps neither ends leases nor keeps dead ones. All leases live equally long, so that those renewed longest ago expire first: both lists are
/// kept in that order, and every question takes as long as its answer.
/// </remarks>
internal sealed class LeaseTable(TimeProvider time, TimeSpan timeToLive)
{
    private readonly LinkedList<(TrialId Trial, long Renewed)> _byRenewal = new();
    private readonly Dictionary<TrialId, LinkedListNode<(TrialId Trial, long Renewed)>> _leases = [];
    private readonly LinkedList<(long Version, SweepEvent.Progressed Report)> _byReport = new();
    private readonly Dictionary<TrialId, LinkedListNode<(long Version, SweepEvent.Progressed Report)>> _reports = [];
    private long _version;

    /// <summary>How long a lease holds after each sign of life.</summary>
    public TimeSpan TimeToLive => timeToLive;

    /// <summary>A lease was granted or has shown life.</summary>
    public void Renew(TrialId trial)
    {
        if (_leases.Remove(trial, out var old)) _byRenewal.Remove(old);
        _leases[trial] = _byRenewal.AddLast((trial, time.GetTimestamp()));
    }

    /// <summary>A lease is over.</summary>
    public void Close(TrialId trial)
    {
        if (_leases.Remove(trial, out var lease)) _byRenewal.Remove(lease);
        if (_reports.Remove(trial, out var report)) _byReport.Remove(report);
    }

    /// <summary>When the most silent open lease last showed life; null without one.</summary>
    public DateTimeOffset? LeastRenewed => _byRenewal.First is { } first ? time.GetUtcNow() - time.GetElapsedTime(first.Value.Renewed) : null;

    /// <summary>The leases that have been silent for too long, those silent longest first.</summary>
    public IReadOnlyList<TrialId> Expired()
    {
        if (_byRenewal.First is not { } first || IsFresh(first.Value)) return [];
        return [.. _byRenewal.TakeWhile(lease => !IsFresh(lease)).Select(lease => lease.Trial)];
    }

    /// <summary>An attempt told how far it is.</summary>
    public void Report(TrialId trial, string slot, TrialProgress progress)
    {
        if (_reports.Remove(trial, out var old)) _byReport.Remove(old);
        _reports[trial] = _byReport.AddLast((++_version, new(trial, slot, progress)));
    }

    /// <summary>The newest report of each attempt that came after <paramref name="version"/>, which is moved on.</summary>
    public IReadOnlyList<SweepEvent.Progressed> Since(ref long version)
    {
        List<SweepEvent.Progressed> reports = [];
        for (var node = _byReport.Last; node is not null && node.Value.Version > version; node = node.Previous) reports.Add(node.Value.Report);
        version = _version;
        reports.Reverse();
        return reports;
    }

    private bool IsFresh((TrialId Trial, long Renewed) lease) => time.GetElapsedTime(lease.Renewed) <= timeToLive;
}
