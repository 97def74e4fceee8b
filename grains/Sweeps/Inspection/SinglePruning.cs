namespace Distributed.Sweeps;

/// <summary>One candidate that is made outside any sweep, by the same trials.</summary>
/// <param name="Spec">A sweep of this candidate alone: model, data, recovery, how latency is measured. Its baseline trains for no epochs.</param>
/// <param name="Candidate">What to try.</param>
/// <param name="Folder">An empty folder for the files and all that is needed on the way; absolute.</param>
public sealed record PruningRequest(SweepSpec Spec, Candidate Candidate, string Folder);

/// <summary>What became of a model that was pruned outside any sweep.</summary>
public sealed record PrunedModel
{
    /// <summary>The ONNX file.</summary>
    public required string Model { get; init; }

    /// <summary>Which channels are left.</summary>
    public required string Plan { get; init; }

    /// <summary>How to rebuild the model, and how to feed it.</summary>
    public required string Lineage { get; init; }

    /// <summary>What was tried.</summary>
    public required Candidate Candidate { get; init; }

    /// <summary>Channels, in units that can be removed one by one, of the dense model.</summary>
    public required int Units { get; init; }

    /// <summary>How many of them are left.</summary>
    public required int Kept { get; init; }

    /// <summary>The residual branches that were left out, by the nodes that added them.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The model as it was given.</summary>
    public required Measurement Before { get; init; }

    /// <summary>The model that was written.</summary>
    public required Measurement After { get; init; }
}
