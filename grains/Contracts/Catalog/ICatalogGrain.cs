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

    /// <summary>A sweep tells that it exists or that its status changed.</summary>
    [Alias("announce"), ResponseTimeout("00:00:15")]
    Task Announce(SweepSummary summary);
}
