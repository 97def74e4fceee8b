using Distributed.Sweeps;

namespace Distributed.Contracts;

/// <summary>Knows which sweeps exist. One for the cluster: key <see cref="Key"/>.</summary>
[Alias("catalog.v1")]
public interface ICatalogGrain : IGrainWithIntegerKey
{
    /// <summary>The catalogue's key.</summary>
    const long Key = 0;

    /// <summary>Every sweep of the store, by name.</summary>
    [Alias("list"), ResponseTimeout("00:00:15")]
    Task<IReadOnlyList<SweepSummary>> List();

    /// <summary>The sweeps that may have work for a slot.</summary>
    [Alias("running"), ResponseTimeout("00:00:15")]
    Task<IReadOnlyList<SweepId>> Running();

    /// <summary>
    /// A slot asks for work of any sweep: of those of the highest priority that have some for its device class, the one that has had least
    /// for its weight.
    /// </summary>
    /// <returns>A lease, or null when there is nothing to do now.</returns>
    /// <exception cref="SweepUnavailableException">No sweep had work, and one of them could not answer.</exception>
    [Alias("pull"), ResponseTimeout("00:00:15")]
    Task<Lease?> Pull(PullRequest request);

    /// <summary>A sweep tells that it exists or that its status changed.</summary>
    [Alias("announce"), ResponseTimeout("00:00:15")]
    Task Announce(SweepSummary summary);
}
