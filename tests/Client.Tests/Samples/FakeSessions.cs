using System.Runtime.CompilerServices;
using Distributed.Artifacts;
using Distributed.Client.Sessions;
using Distributed.Contracts;

namespace Distributed.Client.Tests.Samples;

/// <summary>A store with at most one sweep, and a silo that plays a script.</summary>
internal sealed class FakeSessions : ISessions, ISiloTools
{
    public IReadOnlyList<LogEntry> Stored { get; set; } = [];

    /// <summary>What a started silo has recorded in the end; it offers a first half at once and the rest to watchers.</summary>
    public IReadOnlyList<LogEntry> Script { get; set; } = SampleSweep.Log();

    public bool Running { get; set; }

    /// <summary>Whether a sweep that is loaded is only half-way, so that there is something to watch.</summary>
    public bool LoadsPart { get; set; }

    private readonly TaskCompletionSource _paused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Exception? CheckFails { get; set; }

    /// <summary>What happens while a sweep is watched; a pause is then expected.</summary>
    public Action? WhileWatching { get; set; }

    /// <summary>How often a watcher loses the silo, each time after one event; between two times nobody can connect once.</summary>
    public int Losses { get; set; }

    private bool _away;

    public List<string> Calls { get; } = [];

    public bool Exists(string store) => Stored.Count > 0 || Running;

    public Task<ISweepSession> Open(string store, CancellationToken cancellation) => Away() ? throw new ClusterUnreachableException("It does not answer.") : Exists(store)
        ? Task.FromResult<ISweepSession>(new Session(this, Running, Stored))
        : throw new InvalidInputException(store, "there is no store in this folder", "Run a sweep first.");

    public Task<ISweepSession> Start(string store, int? slots, CancellationToken cancellation)
    {
        Calls.Add("start");
        return Task.FromResult<ISweepSession>(new Session(this, true, Script));
    }

    public Task<OpenedStore> Files(string store, bool make, CancellationToken cancellation) =>
        Task.FromResult(make
            ? StoreOpener.Open(StoreAddress.Parse(store), TimeProvider.System)
            : StoreOpener.Existing(StoreAddress.Parse(store), TimeProvider.System));

    public Task Remove(string store, SweepId sweep, CancellationToken cancellation)
    {
        Calls.Add($"remove {sweep}");
        return Task.CompletedTask;
    }

    public Task Check(SweepSpec spec, CancellationToken cancellation) => CheckFails is { } error ? throw error : Task.CompletedTask;

    public Task<ModelInspection> Inspect(string file, CancellationToken cancellation) => throw new InvalidInputException(file, "it is no ONNX file", "Export the model again.");

    public Task<ModelReport> Report(string model, string dense, StoreAddress? store, Action<string> tell, CancellationToken cancellation)
    {
        ReportStore = store;
        tell("layers");
        return Task.FromResult(SampleReport.Of(model));
    }

    public Task<ModelTiming> Measure(string model, string reference, LatencySpec latency, CancellationToken cancellation) =>
        Task.FromResult(new ModelTiming(model, reference, new(0.25, 0.3, 0.5, 0.004, 1.5, latency.Threads == 1, 0)));

    /// <summary>The store that a report's dataset was to be fetched from.</summary>
    public StoreAddress? ReportStore { get; private set; }

    public EvaluationSpec? Evaluated { get; private set; }

    public Task<ModelEvaluation> Evaluate(string model, EvaluationSpec evaluation, CancellationToken cancellation)
    {
        Evaluated = evaluation;
        return Task.FromResult(new ModelEvaluation(model, 0.91, 0.75, 0.9, evaluation.Dataset.Validation, 500));
    }

    public PruningRequest? Pruned { get; private set; }

    public Exception? PruneFails { get; set; }

    public Measurement PrunedTo { get; set; } = SampleSweep.Measured(0.88, 0.5);

    public async Task<PrunedModel> Prune(PruningRequest request, Action<string> tell, CancellationToken cancellation)
    {
        Pruned = request;
        if (PruneFails is { } error) throw error;
        tell("pruning");
        string Path(string name) => System.IO.Path.Combine(request.Folder, name);
        foreach (string name in (string[])["model.onnx", "plan.json", "lineage.json"]) await File.WriteAllTextAsync(Path(name), name, cancellation);
        return new()
        {
            Model = Path("model.onnx"),
            Plan = Path("plan.json"),
            Lineage = Path("lineage.json"),
            Candidate = request.Candidate,
            Units = 688,
            Kept = 352,
            Before = SampleSweep.Measured(0.9, 1),
            After = PrunedTo,
        };
    }

    public Task<Attainment> Attain(AttainmentRequest request, CancellationToken cancellation) => Task.FromResult(new Attainment(request.Fronts.Count,
        [.. new[] { 1, request.Fronts.Count }.Select(reached => new AttainedSurface(
            reached, [.. request.Fronts[0].Skip(reached - 1).Select(values => new AttainedCorner(values[0], values[1]))]))]));

    public Task<SweepAnalysis> Analyze(AnalysisRequest request, CancellationToken cancellation) => Task.FromResult(new SweepAnalysis
    {
        Hypervolume = [.. request.Trials.Where(trial => trial.IsClosed).Select((trial, i) => new HypervolumeAfter(trial.Id, 0.25 + (0.05 * i)))],
        Importance = [new("ratio", 0.75, [0.6, 0.9]), new("criterion", 0.25, [0.4, 0.1])],
        Calibration = [new(Metric.Accuracy, 6, 0.91, 0.0123, 0.67, 1, 0.95), new(Metric.CorruptedAccuracy, 6, -0.2, 0.2, 0.3, 0.5, 2.5)],
    });

    private bool Away()
    {
        (bool away, _away) = (_away, false);
        return away;
    }

    private sealed class Session(FakeSessions fakes, bool live, IReadOnlyList<LogEntry> log) : ISweepSession
    {
        public bool IsLive => live;

        public IArtifactStore Artifacts { get; } = new FakeArtifacts();

        public Task<IReadOnlyList<SweepSummary>> List(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<SweepSummary>>(
            log.Count == 0 ? [] : [new() { Name = SampleSweep.Spec.Name, Status = SweepStatus.Finished, Closed = 6, Trials = 6, Front = 4, Hypervolume = 0.5, Launched = SampleSweep.Start }]);

        public Task<SweepPicture?> Load(SweepId sweep, CancellationToken cancellation)
        {
            SweepPicture picture = new();
            foreach (var entry in log.Take(fakes.LoadsPart || (live && !fakes.Running) ? log.Count / 2 : log.Count)) picture.Apply(entry);
            return Task.FromResult(picture.State.Spec?.Name == sweep ? picture : null);
        }

        public Task<IReadOnlyList<SiloView>> Silos(CancellationToken cancellation) =>
            live ? Task.FromResult(SampleSilos.All) : throw new ClusterUnreachableException("No silo runs on the store.");

        public async IAsyncEnumerable<SweepEvent> Watch(SweepId sweep, long from, [EnumeratorCancellation] CancellationToken cancellation)
        {
            if (fakes.WhileWatching is { } act)
            {
                act();
                await fakes._paused.Task;
                foreach (var entry in log.Where(entry => entry.Position >= from && entry.Record is not SweepRecord.StatusChanged)) yield return new SweepEvent.Logged(entry);
                yield return new SweepEvent.Logged(new(log.Count, SampleSweep.Start, new SweepRecord.StatusChanged(SweepStatus.Paused, "interrupted")));
                yield break;
            }

            foreach (var entry in log.Where(entry => entry.Position >= from))
            {
                yield return new SweepEvent.Logged(entry);
                if (fakes.Losses == 0) continue;
                fakes.Losses--;
                fakes._away = true;
                throw new ClusterUnreachableException("The silo does not answer.");
            }

            await Task.CompletedTask;
        }

        public Task Launch(SweepSpec spec, CancellationToken cancellation) => Done("launch");

        public async Task Pause(SweepId sweep, string reason, CancellationToken cancellation)
        {
            await Done("pause");
            fakes._paused.SetResult();
        }

        public Task Resume(SweepId sweep, CancellationToken cancellation) => Done("resume");

        public Task SetShare(SweepId sweep, double? weight, int? priority, CancellationToken cancellation) => Done(Invariant($"set {weight} {priority}"));

        public Task Cancel(SweepId sweep, string reason, CancellationToken cancellation) => Done("cancel");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private Task Done(string call)
        {
            if (!live) throw new ClusterUnreachableException("No silo runs on the store.");
            fakes.Calls.Add(call);
            return Task.CompletedTask;
        }
    }

    private sealed class FakeArtifacts : IArtifactStore
    {
        public Task<Stream> Open(ArtifactRef artifact, CancellationToken cancellation = default) => Task.FromResult<Stream>(new MemoryStream([1, 2, 3]));

        public Task<ArtifactRef> Put(ArtifactName name, Stream content, CancellationToken cancellation = default) => throw new NotSupportedException();

        public Task<ArtifactRef?> Find(ArtifactName name, CancellationToken cancellation = default) => throw new NotSupportedException();

        public IAsyncEnumerable<ArtifactName> List(string prefix, CancellationToken cancellation = default) => throw new NotSupportedException();

        public Task Delete(ArtifactName name, CancellationToken cancellation = default) => throw new NotSupportedException();
    }
}
