namespace Distributed.Contracts;

/// <summary>Knows the silos of the cluster and what their slots run. One for the cluster: key <see cref="Key"/>.</summary>
/// <remarks>Nothing of it is durable: after a takeover it is complete again when every silo has reported once, within seconds.</remarks>
[Alias("cluster.v1")]
public interface IClusterGrain : IGrainWithIntegerKey
{
    /// <summary>The key.</summary>
    const long Key = 0;

    /// <summary>A silo tells how it is; every two seconds and whenever it likes.</summary>
    [Alias("report"), ResponseTimeout("00:00:05")]
    Task Report(SiloReport report);

    /// <summary>A silo leaves in order.</summary>
    /// <param name="name">Its name.</param>
    [Alias("leave"), ResponseTimeout("00:00:05")]
    Task Leave(string name);

    /// <summary>The silos, by name; one that fell silent is told as such for a while and then forgotten.</summary>
    [Alias("silos"), ResponseTimeout("00:00:15")]
    Task<IReadOnlyList<SiloView>> Silos();
}
