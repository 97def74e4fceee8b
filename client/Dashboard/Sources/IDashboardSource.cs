namespace Distributed.Dashboard;

/// <summary>What the pages show and what their buttons do. Every call may be made from any thread.</summary>
/// <remarks>Pages never call it themselves for a sweep's data: <see cref="SweepFeeds"/> holds one watch for all of them.</remarks>
public interface IDashboardSource
{
    /// <summary>Where the sweeps are, for people: a store, a cluster.</summary>
    string Place { get; }

    /// <summary>Whether a silo answered last, so that sweeps can be launched and steered.</summary>
    bool IsLive { get; }

    /// <summary>Every sweep, by name.</summary>
    /// <exception cref="SourceUnavailableException">Nothing answers now (so of every call here).</exception>
    Task<IReadOnlyList<SweepSummary>> List(CancellationToken cancellation);

    /// <summary>A sweep's log from a position on and, where a silo runs, what happens from then on. Ends with the sweep, or with the log where no silo runs; empty for an unknown sweep.</summary>
    IAsyncEnumerable<SweepEvent> Watch(SweepId sweep, long from, CancellationToken cancellation);

    /// <summary>Reads a sweep file's text and tells everything that is wrong with it. Nothing is launched.</summary>
    Task<LaunchCheck> Check(string text, CancellationToken cancellation);

    /// <summary>Launches what <see cref="Check"/> found usable.</summary>
    /// <exception cref="InvalidInputException">The model, the dataset or the spec cannot be used.</exception>
    Task Launch(SweepSpec spec, CancellationToken cancellation);

    /// <summary>Drains running trials and hands out no more.</summary>
    Task Pause(SweepId sweep, CancellationToken cancellation);

    /// <summary>Goes on after a pause.</summary>
    Task Resume(SweepId sweep, CancellationToken cancellation);

    /// <summary>Gives a sweep another share of the slots, from its next trial on; null leaves what it has.</summary>
    /// <exception cref="InvalidInputException">It has ended, or the weight is none.</exception>
    Task SetShare(SweepId sweep, double? weight, int? priority, CancellationToken cancellation);

    /// <summary>Ends a sweep for good.</summary>
    Task Cancel(SweepId sweep, CancellationToken cancellation);

    /// <summary>What can be learnt from a sweep's trials; computed in a process of its own.</summary>
    Task<SweepAnalysis> Analyze(AnalysisRequest request, CancellationToken cancellation);

    /// <summary>What became of the network when it was pruned: layers, sensitivity, changed answers. Takes a minute or so, in a process of its own.</summary>
    /// <param name="request">Of which model.</param>
    /// <param name="tell">Is told what is being done.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<ModelReport> Report(ReportRequest request, Action<string> tell, CancellationToken cancellation);

    /// <summary>The silos and what their slots run; empty where none has reported yet.</summary>
    Task<IReadOnlyList<SiloView>> Silos(CancellationToken cancellation);

    /// <summary>Opens a file of the store, its hash checked.</summary>
    /// <exception cref="ArtifactCorruptException">It is missing or damaged.</exception>
    Task<Stream> Open(ArtifactRef artifact, CancellationToken cancellation);
}
