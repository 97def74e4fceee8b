namespace Distributed.Benchmarks;

/// <summary>How a problem is searched.</summary>
internal sealed record SearchSettings
{
    /// <summary>A registered sampler.</summary>
    public required string Sampler { get; init; }

    /// <summary>Trials in all.</summary>
    public required int Budget { get; init; }

    /// <summary>Initial trials; null for the sampler's usual number, or with designs the problem's.</summary>
    public int? Initial { get; init; }

    /// <summary>Trials in flight.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Initial designs that are given; null to leave them to the sampler.</summary>
    public InitialDesigns? Designs { get; init; }

    /// <summary>Whether the objective that can be told beforehand is told.</summary>
    public bool KnownCost { get; init; }

    /// <summary>Whether the reference point is told.</summary>
    public bool Reference { get; init; } = true;

    /// <summary>"bayesian, 16 workers, known cost".</summary>
    public string Label => string.Concat(
        Sampler, Workers == 1 ? "" : Invariant($", {Workers} workers"), KnownCost ? ", known cost" : "", Reference ? "" : ", no reference");
}
