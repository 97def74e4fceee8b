using Distributed.Testing;

namespace Distributed.Artifacts.Tests.Azure;

public sealed class AzureCrashTests(Azurite azurite) : StoreCrashConformance
{
    protected override async Task<Place> DyingAt(int step)
    {
        var container = await azurite.Container();
        FaultyNetwork network = new(step, forGood: true);
        return new(On(container.Open(network)), On(container.Open()), () => network.HasFailed);
    }

    private static Stores On(AzureContainer container) =>
        new(new AzureArtifactStore(container), new AzureSweepLogStore(container, new(SegmentRecords: 4)));
}
