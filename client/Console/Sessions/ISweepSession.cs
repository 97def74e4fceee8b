using Distributed.Artifacts;
using Distributed.Contracts;

namespace Distributed.Client.Sessions;

/// <summary>The sweeps of one store as a command sees them: through a running silo, or from the store's files alone.</summary>
internal interface ISweepSession : IAsyncDisposable
{
    /// <summary>Whether a silo runs on the store, so that sweeps can be changed and watched.</summary>
    bool IsLive { get; }

    /// <summary>The store's immutable files.</summary>
    IArtifactStore Artifacts { get; }

    /// <summary>The silo's grains, for pages of Orleans's own; null without a silo.</summary>
    IGrainFactory? Grains => null;

    /// <summary>Every sweep of the store, by name.</summary>
    Task<IReadOnlyList<SweepSummary>> List(CancellationToken cancellation);

    /// <summary>The silos and what their slots run.</summary>
    /// <exception cref="ClusterUnreachableException">No silo runs on the store.</exception>
    Task<IReadOnlyList<SiloView>> Silos(CancellationToken cancellation);

    /// <summary>A sweep folded from its whole log, or null when there is none.</summary>
    Task<SweepPicture?> Load(SweepId sweep, CancellationToken cancellation);

    /// <summary>The log from a position on and what running trials report, until the sweep has ended. Ends at once without a silo.</summary>
    IAsyncEnumerable<SweepEvent> Watch(SweepId sweep, long from, CancellationToken cancellation);

    /// <summary>Starts a sweep, or goes on with it when it is paused.</summary>
    /// <exception cref="ClusterUnreachableException">No silo runs on the store (so of every change).</exception>
    Task Launch(SweepSpec spec, CancellationToken cancellation);

    /// <summary>Drains running trials and hands out no more.</summary>
    Task Pause(SweepId sweep, string reason, CancellationToken cancellation);

    /// <summary>Goes on after a pause.</summary>
    Task Resume(SweepId sweep, CancellationToken cancellation);

    /// <summary>Gives a sweep another share of the slots; null leaves what it has.</summary>
    Task SetShare(SweepId sweep, double? weight, int? priority, CancellationToken cancellation);

    /// <summary>Ends a sweep for good.</summary>
    Task Cancel(SweepId sweep, string reason, CancellationToken cancellation);
}

/// <summary>Opens sessions on stores.</summary>
internal interface ISessions
{
    /// <summary>Whether sessions are those of a cluster, which others started and others use.</summary>
    bool IsCluster => false;

    /// <summary>Whether there is a store in a folder.</summary>
    bool Exists(string store);

    /// <summary>Connects to the silo that runs on a store, or else reads the store. Creates nothing.</summary>
    /// <exception cref="InvalidInputException">There is no store.</exception>
    Task<ISweepSession> Open(string store, CancellationToken cancellation);

    /// <summary>Starts a silo on a store and connects to it; disposing the session stops it.</summary>
    /// <param name="store">The folder; created when missing.</param>
    /// <param name="slots">Trials at a time, or null for the silo's choice.</param>
    /// <param name="cancellation">Gives up; the silo is stopped.</param>
    /// <exception cref="InvalidInputException">A silo runs there already, or the store cannot be used.</exception>
    /// <exception cref="SiloFailedException">The silo did not start.</exception>
    Task<ISweepSession> Start(string store, int? slots, CancellationToken cancellation);

    /// <summary>The store itself, for commands that move its files and ask no silo.</summary>
    /// <param name="store">The folder or container; a cluster's own when it is the default.</param>
    /// <param name="make">Whether a folder is made when there is none.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="InvalidInputException">There is no store, or it cannot be used.</exception>
    /// <exception cref="StoreUnavailableException">It does not answer.</exception>
    Task<OpenedStore> Files(string store, bool make, CancellationToken cancellation);

    /// <summary>Removes a sweep's log and files, nothing else. No silo may run on the store.</summary>
    Task Remove(string store, SweepId sweep, CancellationToken cancellation);
}

/// <summary>What only the silo's program can answer, asked in one short process each.</summary>
internal interface ISiloTools
{
    /// <summary>Opens the model and the dataset of a spec and sees whether they fit; decoded images stay in the cache.</summary>
    /// <exception cref="InvalidInputException">They cannot be used.</exception>
    Task Check(SweepSpec spec, CancellationToken cancellation);

    /// <summary>What is in an ONNX file.</summary>
    /// <exception cref="InvalidInputException">It cannot be used.</exception>
    Task<ModelInspection> Inspect(string file, CancellationToken cancellation);

    /// <summary>What became of a network when it was pruned.</summary>
    /// <param name="model">A model of a sweep, its lineage and plan beside it.</param>
    /// <param name="dense">The dense model of the sweep.</param>
    /// <param name="store">Where the sweep's dataset lies, when it was pushed; else null.</param>
    /// <param name="tell">Is told what is being done.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="InvalidInputException">A file or the dataset cannot be used.</exception>
    Task<ModelReport> Report(string model, string dense, StoreAddress? store, Action<string> tell, CancellationToken cancellation);

    /// <summary>The latency of a model beside a reference.</summary>
    /// <exception cref="InvalidInputException">A file cannot be used.</exception>
    Task<ModelTiming> Measure(string model, string reference, LatencySpec latency, CancellationToken cancellation);

    /// <summary>What a model scores on a dataset.</summary>
    /// <exception cref="InvalidInputException">Model or dataset cannot be used.</exception>
    Task<ModelEvaluation> Evaluate(string model, EvaluationSpec evaluation, CancellationToken cancellation);

    /// <summary>Prunes one model outside any sweep; its files lie in the request's folder then.</summary>
    /// <param name="request">The candidate.</param>
    /// <param name="tell">Is told what is being done.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="InvalidInputException">Model, dataset or candidate cannot be used.</exception>
    Task<PrunedModel> Prune(PruningRequest request, Action<string> tell, CancellationToken cancellation);

    /// <summary>What so many of several sweeps reach.</summary>
    Task<Attainment> Attain(AttainmentRequest request, CancellationToken cancellation);

    /// <summary>What can be learnt from a sweep's trials. No silo need run, and one that runs is not asked.</summary>
    Task<SweepAnalysis> Analyze(AnalysisRequest request, CancellationToken cancellation);
}
