using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>A container that holds artifacts and sweep logs.</summary>
internal sealed class AzureStore(AzureContainer container, LogLimits limits)
{
    private const int RecordsOfSegment = 1_000_000;

    public IArtifactStore Artifacts { get; } = new AzureArtifactStore(container);

    public AzureSweepLogStore Logs { get; } = new(container, limits);

    /// <summary>The store at an address.</summary>
    /// <exception cref="InvalidInputException">There is no connection string, or it is none.</exception>
    public static OpenedStore Open(StoreAddress address, AzurePatience patience, TimeProvider time)
    {
        var container = AzureContainer.Of(address, patience, time);
        return new(address, new AzureStore(container, new(SegmentRecords: RecordsOfSegment)), container.Reach);
    }
}
