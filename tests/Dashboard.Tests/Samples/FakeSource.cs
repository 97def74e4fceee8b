using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Distributed.Dashboard.Tests.Samples;

/// <summary>Sweeps that play a script: a log, then whatever a test sends.</summary>
internal sealed class FakeSource : IDashboardSource
{
    private readonly Lock _lock = new();
    private readonly List<LogEntry> _log = [];
    private Channel<SweepEvent> _events = Channel.CreateUnbounded<SweepEvent>();

    public string Place { get; set; } = "the store 'sample'";

    public bool IsLive { get; set; } = true;

    /// <summary>Thrown by every call while it is set.</summary>
    public Exception? Fails { get; set; }

    /// <summary>What lists, silos and launches wait for.</summary>
    public Task Holds { get; set; } = Task.CompletedTask;

    /// <summary>How many watches were begun, and from which positions.</summary>
    public List<long> Watches { get; } = [];

    public List<string> Calls { get; } = [];

    public List<SweepSummary> Summaries { get; } = [];

    public Func<string, LaunchCheck> Checks { get; set; } = _ => new(SampleLog.Spec, []);

    public SweepAnalysis? Analysis { get; set; }

    /// <summary>Adds to the log that every watch reads first.</summary>
    public void Record(IEnumerable<LogEntry> entries)
    {
        lock (_lock) _log.AddRange(entries);
    }

    /// <summary>Another log stands in the place of the one there was.</summary>
    public void Replace(IEnumerable<LogEntry> entries)
    {
        lock (_lock)
        {
            _log.Clear();
            _log.AddRange(entries);
        }
    }

    /// <summary>Sends an event to whoever watches.</summary>
    public void Send(SweepEvent happened) => _events.Writer.TryWrite(happened);

    /// <summary>Ends the watch, with an error or as a sweep's end does.</summary>
    public void End(Exception? error = null)
    {
        var ended = _events;
        _events = Channel.CreateUnbounded<SweepEvent>();
        ended.Writer.Complete(error);
    }

    public async Task<IReadOnlyList<SweepSummary>> List(CancellationToken cancellation)
    {
        await Holds.WaitAsync(cancellation);
        return Fails is { } error ? throw error : [.. Summaries];
    }

    public async IAsyncEnumerable<SweepEvent> Watch(SweepId sweep, long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        lock (_lock) Watches.Add(from);
        if (Fails is { } error) throw error;
        List<LogEntry> log;
        var events = _events;
        lock (_lock) log = [.. _log.Where(entry => sweep == SampleLog.Spec.Name && entry.Position >= from)];
        foreach (var entry in log) yield return new SweepEvent.Logged(entry);
        if (sweep != SampleLog.Spec.Name || !IsLive) yield break;
        await foreach (var happened in events.Reader.ReadAllAsync(cancellation)) yield return happened;
    }

    public Task<LaunchCheck> Check(string text, CancellationToken cancellation) => Task.FromResult(Checks(text));

    public Task Launch(SweepSpec spec, CancellationToken cancellation) => Call($"launch {spec.Name}");

    public Task Pause(SweepId sweep, CancellationToken cancellation) => Call($"pause {sweep}");

    public Task Resume(SweepId sweep, CancellationToken cancellation) => Call($"resume {sweep}");

    public Task SetShare(SweepId sweep, double? weight, int? priority, CancellationToken cancellation) => Call(Invariant($"set {sweep} {weight} {priority}"));

    public Task Cancel(SweepId sweep, CancellationToken cancellation) => Call($"cancel {sweep}");

    public Task<SweepAnalysis> Analyze(AnalysisRequest request, CancellationToken cancellation) =>
        Analysis is { } analysis ? Task.FromResult(analysis) : throw Fails ?? new SourceUnavailableException("There is no analysis.");

    public Func<ReportRequest, Action<string>, CancellationToken, Task<ModelReport>> Reports { get; set; } = (_, _, _) => throw new SourceUnavailableException("There is no report.");

    public List<SiloView> SiloViews { get; } = [];

    public Task<ModelReport> Report(ReportRequest request, Action<string> tell, CancellationToken cancellation) => Reports(request, tell, cancellation);

    public async Task<IReadOnlyList<SiloView>> Silos(CancellationToken cancellation)
    {
        await Holds.WaitAsync(cancellation);
        return Fails is { } error ? throw error : [.. SiloViews];
    }

    /// <summary>The files that were opened.</summary>
    public List<ArtifactRef> Opened { get; } = [];

    /// <summary>Thrown where a file is opened, while it is set.</summary>
    public Exception? OpenFails { get; set; }

    public Task<Stream> Open(ArtifactRef artifact, CancellationToken cancellation)
    {
        if (OpenFails is { } error) throw error;
        Opened.Add(artifact);
        return Task.FromResult<Stream>(new MemoryStream([1, 2, 3]));
    }

    private async Task Call(string what)
    {
        await Holds;
        if (Fails is { } error) throw error;
        Calls.Add(what);
    }
}
