using Distributed.Sweeps;
using Distributed.Testing;

namespace Distributed.Artifacts.Tests;

public sealed class DirectoryArtifactStoreTests : ArtifactStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override IArtifactStore Create() => DirectoryStore.Create(_folder.Path, TimeProvider.System).Artifacts;

    protected override IArtifactStore Reopen(IArtifactStore store) => Create();

    protected override void Damage(IArtifactStore store, ArtifactName name)
    {
        string path = new DirectoryLayout(_folder.Path).Artifact(name);
        byte[] content = File.ReadAllBytes(path);
        content[^1] ^= 1;
        File.WriteAllBytes(path, content);
    }
}
