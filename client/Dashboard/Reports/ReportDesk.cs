using System.Security.Cryptography;
using System.Text;

namespace Distributed.Dashboard;

/// <summary>Reports on models, made when somebody asks, one at a time, and kept while this process lives. Shared by all who look.</summary>
public sealed class ReportDesk : IDisposable
{
    private readonly IDashboardSource _source;
    private const int MostKept = 64;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<(SweepId, TrialId), ReportJob> _jobs = [];

    /// <param name="source">Makes them.</param>
    /// <param name="feeds">Tell when a sweep is replaced by another.</param>
    public ReportDesk(IDashboardSource source, SweepFeeds feeds)
    {
        _source = source;
        feeds.Replaced += Forget;
    }

    /// <summary>Something is new about a report. Raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>What is known of a report; null when nobody asked for it.</summary>
    public ReportJob? Find(SweepId sweep, TrialId trial)
    {
        lock (_lock) return _jobs.GetValueOrDefault((sweep, trial));
    }

    /// <summary>Asks for a report; again after a failure. Nothing happens where it is made or being made.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="trial">A completed trial.</param>
    /// <param name="dense">The sweep's dense model.</param>
    /// <returns>Ends with the report, or with its failure told in the job.</returns>
    public Task Ask(SweepId sweep, TrialState trial, TrialState dense)
    {
        lock (_lock)
        {
            if (_jobs.TryGetValue((sweep, trial.Id), out var known) && known.Trouble.Length == 0) return Task.CompletedTask;
            if (_jobs.Count >= MostKept) foreach (var done in _jobs.Where(pair => pair.Value.IsDone).Select(pair => pair.Key).Take(MostKept / 2).ToList()) _jobs.Remove(done);
            _jobs[(sweep, trial.Id)] = new() { Step = "waiting for its turn" };
        }

        Changed?.Invoke();
        return Make(sweep, trial, dense, _end.Token);
    }

    /// <summary>Gives up what is being made.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _one.Dispose();
    }

    /// <summary>Reports of a sweep that is gone; one that is being made goes the way of its trial's files.</summary>
    private void Forget(SweepId sweep)
    {
        lock (_lock)
        {
            foreach (var key in _jobs.Where(pair => pair.Key.Item1 == sweep && pair.Value.IsDone).Select(pair => pair.Key).ToList()) _jobs.Remove(key);
        }
    }

    private async Task Make(SweepId sweep, TrialState trial, TrialState dense, CancellationToken cancellation)
    {
        try
        {
            await _one.WaitAsync(cancellation);
            try
            {
                var report = await _source.Report(new(sweep, trial, dense), step => Put(sweep, trial.Id, new() { Step = step }), cancellation);
                byte[] json = Encoding.UTF8.GetBytes(SweepJson.Write(report));
                Put(sweep, trial.Id, new() { Report = report, Json = json, Sha256 = Convert.ToHexStringLower(SHA256.HashData(json)) });
            }
            finally
            {
                _one.Release();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The dashboard ends.
        }
        catch (Exception error)
        {
            // Whatever it was: it is shown where the report was asked for, and it may be asked for again.
            Put(sweep, trial.Id, new() { Trouble = error.Message });
        }
    }

    private void Put(SweepId sweep, TrialId trial, ReportJob job)
    {
        lock (_lock) _jobs[(sweep, trial)] = job;
        Changed?.Invoke();
    }
}
