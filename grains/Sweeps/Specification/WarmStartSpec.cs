namespace Distributed.Sweeps;

/// <summary>What is known before a sweep begins.</summary>
[GenerateSerializer, Immutable, Alias("warm-start-spec.v1")]
public sealed record WarmStartSpec
{
    /// <summary>Candidates that are tried first, in this order. What one lacks stands where a trial's default is, if the space holds that, or else in the middle.</summary>
    [Id(0)] public IReadOnlyList<Candidate> Candidates { get; init; } = [];

    /// <summary>
    /// An earlier sweep of the same store, or null. On the same model and dataset its closed trials teach the sampler; on others the
    /// candidates of its front are tried first.
    /// </summary>
    [Id(1)] public SweepId? Sweep { get; init; }
}
