using Distributed.Sweeps;
using Distributed.Testing;

namespace Distributed.Artifacts.Tests;

public sealed class MemoryArtifactStoreTests : ArtifactStoreConformance
{
    protected override IArtifactStore Create() => new MemoryArtifactStore();

    protected override IArtifactStore Reopen(IArtifactStore store) => store;

    protected override void Damage(IArtifactStore store, ArtifactName name) => ((MemoryArtifactStore)store).Corrupt(name, "CONTENT"u8.ToArray());
}

public sealed class MemorySweepLogStoreTests : SweepLogStoreConformance
{
    protected override ISweepLogStore Create() => new MemorySweepLogStore(TimeProvider.System);

    protected override ISweepLogStore Reopen(ISweepLogStore store) => store;
}
