using Distributed.Artifacts;

namespace Distributed.Client.Sessions;

/// <summary>Where the dataset of a sweep is fetched from.</summary>
internal static class PushedData
{
    /// <summary>The store that holds a sweep's dataset; null when the dataset was not pushed.</summary>
    public static async Task<StoreAddress?> DataOf(this ISessions sessions, SweepSpec spec, string store, CancellationToken cancellation) =>
        StoredFile.Is(spec.Dataset.Path) ? (await sessions.Files(store, make: false, cancellation)).Address : null;
}
