using Distributed.Contracts;

namespace Distributed.Grains;

/// <summary>What is known of open leases and not recorded: until when they hold, how far their attempts are.</summary>
/// <remarks>Lost with the activation: the next one gives every open lease a full time to live.</remarks>
internal sealed class LeaseTable(TimeProvider time, TimeSpan timeToLive)
{
    private readonly Dictionary<TrialId, DateTimeOffset> _deadlines = [];
    private readonly Dictionary<TrialId, (long Version, SweepEvent.Progressed Report)> _reports = [];
    private long _version;

    /// <summary>How long a lease holds after each sign of life.</summary>
    public TimeSpan TimeToLive => timeToLive;

    /// <summary>A lease was granted or has shown life.</summary>
    public void Renew(TrialId trial) => _deadlines[trial] = time.GetUtcNow() + timeToLive;

    /// <summary>A lease is over.</summary>
    public void Close(TrialId trial)
    {
        _deadlines.Remove(trial);
        _reports.Remove(trial);
    }

    /// <summary>When the most silent open lease last showed life; null without one.</summary>
    public DateTimeOffset? LeastRenewed => _deadlines.Count == 0 ? null : _deadlines.Values.Min() - timeToLive;

    /// <summary>Whether a lease has been silent for too long.</summary>
    public bool IsExpired(TrialId trial) => !_deadlines.TryGetValue(trial, out var deadline) || time.GetUtcNow() > deadline;

    /// <summary>An attempt told how far it is.</summary>
    public void Report(TrialId trial, string slot, TrialProgress progress) => _reports[trial] = (++_version, new(trial, slot, progress));

    /// <summary>The newest report of each attempt that came after <paramref name="version"/>, which is moved on.</summary>
    public IReadOnlyList<SweepEvent.Progressed> Since(ref long version)
    {
        long seen = version;
        version = _version;
        return seen == _version
            ? []
            : [.. _reports.Values.Where(report => report.Version > seen).OrderBy(report => report.Version).Select(report => report.Report)];
    }
}
