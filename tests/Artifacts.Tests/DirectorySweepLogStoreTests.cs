using Distributed.Sweeps;
using Distributed.Testing;

namespace Distributed.Artifacts.Tests;

public sealed class DirectorySweepLogStoreTests : SweepLogStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override ISweepLogStore Create() => DirectoryStore.Create(_folder.Path, TimeProvider.System).Logs;

    protected override ISweepLogStore Reopen(ISweepLogStore store) => Create();
}
