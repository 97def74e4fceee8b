using System.Runtime.CompilerServices;
using Distributed.Artifacts;
using Distributed.Client.Commands;
using Distributed.Client.Reports;
using Distributed.Client.Sessions;
using Distributed.Client.SweepFiles;
using Distributed.Contracts;
using Distributed.Dashboard;

namespace Distributed.Client.Dashboards;

/// <summary>The sweeps of one store for the dashboard: through its silo while one runs, else from its files. Opens the store anew when the silo came or went.</summary>
/// <param name="context">What commands act on; relative paths in a sweep file that is launched are relative to its working directory.</param>
/// <param name="store">Which store.</param>
internal sealed class SessionSource(ConsoleContext context, string store) : IDashboardSource, IAsyncDisposable
{
    private const string LaunchedFile = "sweep.yaml";
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly Lock _lock = new();
    private ISweepSession? _session;
    private Task _closing = Task.CompletedTask;

    public string Place => $"the store '{store}'";

    public bool IsLive => _session is { IsLive: true };

    public Task<IReadOnlyList<SweepSummary>> List(CancellationToken cancellation) => Ask(session => session.List(cancellation), cancellation);

    public async IAsyncEnumerable<SweepEvent> Watch(SweepId sweep, long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var session = await Current(cancellation);
        var events = session.Watch(sweep, from, cancellation).GetAsyncEnumerator(cancellation);
        await using (events)
        {
            while (await Next(session, events, cancellation)) yield return events.Current;
        }
    }

    public Task<LaunchCheck> Check(string text, CancellationToken cancellation)
    {
        try
        {
            var spec = SweepFile.Parse(text, new(LaunchedFile, context.WorkingDirectory, new(), path => File.Exists(path) || Directory.Exists(path)));
            return Task.FromResult(new LaunchCheck(spec, []));
        }
        catch (InvalidSweepFileException invalid)
        {
            return Task.FromResult(new LaunchCheck(null, [.. invalid.Problems.Select(problem => new LaunchProblem(problem.Span.Line, problem.Span.Column, problem.Span.Length, problem.Found, problem.Remedy))]));
        }
        catch (InvalidInputException invalid)
        {
            return Task.FromResult(new LaunchCheck(null, [new(1, 1, 0, invalid.Found, invalid.Remedy)]));
        }
    }

    public async Task Launch(SweepSpec spec, CancellationToken cancellation)
    {
        if (!(await Current(cancellation)).IsLive)
            throw new SourceUnavailableException($"No silo runs on {Place}, so nothing can be launched there. Start one with 'run FILE', or open the dashboard of a cluster.");
        await Ask(async session => await session.Launch(await Ready(spec, session, cancellation), cancellation), cancellation);
    }

    public Task Pause(SweepId sweep, CancellationToken cancellation) => Ask(session => session.Pause(sweep, "paused on the dashboard", cancellation), cancellation);

    public Task Resume(SweepId sweep, CancellationToken cancellation) => Ask(session => session.Resume(sweep, cancellation), cancellation);

    public Task SetShare(SweepId sweep, double? weight, int? priority, CancellationToken cancellation) =>
        Ask(session => session.SetShare(sweep, weight, priority, cancellation), cancellation);

    public Task Cancel(SweepId sweep, CancellationToken cancellation) => Ask(session => session.Cancel(sweep, "cancelled on the dashboard", cancellation), cancellation);

    public async Task<SweepAnalysis> Analyze(AnalysisRequest request, CancellationToken cancellation)
    {
        try
        {
            return await context.Silo.Analyze(request, cancellation);
        }
        catch (SiloFailedException error)
        {
            throw new SourceUnavailableException(error.Message, error);
        }
    }

    public async Task<ModelReport> Report(ReportRequest request, Action<string> tell, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("report-").FullName;
        try
        {
            var artifacts = (await Current(cancellation)).Artifacts;
            string dense = Path.Combine(folder, "dense.onnx");
            await ArtifactDownload.ToFile(artifacts, request.Dense.Artifacts!.Model, dense, cancellation);
            string model = await ModelFiles.Write(request.Trial, artifacts, folder, cancellation);
            var data = LineageFile.Beside(model) is { } lineage ? await context.Sessions.DataOf(lineage.Spec, store, cancellation) : null;
            var report = await context.Silo.Report(model, dense, data, tell, cancellation);
            return report.Of(Path.GetFileName(model), request.Trial);
        }
        catch (SiloFailedException error)
        {
            throw new SourceUnavailableException(error.Message, error);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Without a silo it is not asked: that would open the store anew each time.</summary>
    public async Task<IReadOnlyList<SiloView>> Silos(CancellationToken cancellation) => (await Current(cancellation)).IsLive
        ? await Ask(session => session.Silos(cancellation), cancellation)
        : throw new SourceUnavailableException($"No silo runs on {Place}.");

    /// <summary>The grains of the silo that runs now; null where none does.</summary>
    /// <exception cref="SourceUnavailableException">Nothing answers.</exception>
    public async Task<IGrainFactory?> Grains(CancellationToken cancellation) => (await Current(cancellation)).Grains;

    public async Task<Stream> Open(ArtifactRef artifact, CancellationToken cancellation) => await (await Current(cancellation)).Artifacts.Open(artifact, cancellation);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _session, null) is { } open) await open.DisposeAsync();
        await _closing;
        _opening.Dispose();
    }

    /// <summary>As a sweep that the console launches. That its check could not be made says nothing of the session.</summary>
    private async Task<SweepSpec> Ready(SweepSpec spec, ISweepSession session, CancellationToken cancellation)
    {
        try
        {
            return await new SweepInputs(context).ToLaunch(spec, session, cancellation);
        }
        catch (Exception error) when (error is SiloFailedException or IOException or UnauthorizedAccessException)
        {
            throw new SourceUnavailableException(error.Message, error);
        }
    }

    /// <summary>An unknown sweep has no events; a silo that is lost is asked for again next time.</summary>
    private async Task<bool> Next(ISweepSession session, IAsyncEnumerator<SweepEvent> events, CancellationToken cancellation)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (InvalidInputException)
        {
            return false;
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested && error is ClusterUnreachableException or SiloFailedException)
        {
            throw Lost(session, error);
        }
    }

    private Task<bool> Ask(Func<ISweepSession, Task> question, CancellationToken cancellation) => Ask(
        async session =>
        {
            await question(session);
            return true;
        },
        cancellation);

    private async Task<T> Ask<T>(Func<ISweepSession, Task<T>> question, CancellationToken cancellation)
    {
        var session = await Current(cancellation);
        try
        {
            return await question(session);
        }
        catch (Exception error) when (error is ClusterUnreachableException or SiloFailedException)
        {
            throw Lost(session, error);
        }
    }

    /// <summary>The open session; one on the files alone is replaced as soon as a silo runs.</summary>
    private async Task<ISweepSession> Current(CancellationToken cancellation)
    {
        await _opening.WaitAsync(cancellation);
        try
        {
            if (_session is { IsLive: true } live) return live;
            var opened = await context.Sessions.Open(store, cancellation);
            if (Interlocked.Exchange(ref _session, opened) is { } before) await before.DisposeAsync();
            return opened;
        }
        catch (Exception error) when (error is ClusterUnreachableException or InvalidInputException)
        {
            throw new SourceUnavailableException(error.Message, error);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>
    /// Gives up the session that failed, and no newer one that somebody else has opened meanwhile. Waits neither for one that is being opened nor for the end
    /// of this one: closing what does not answer takes seconds.
    /// </summary>
    private SourceUnavailableException Lost(ISweepSession session, Exception error)
    {
        if (Interlocked.CompareExchange(ref _session, null, session) == session)
        {
            lock (_lock) _closing = Task.WhenAll(_closing, session.DisposeAsync().AsTask());
        }

        return new(error.Message, error);
    }
}
