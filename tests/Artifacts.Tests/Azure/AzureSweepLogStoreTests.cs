using Distributed.Sweeps;
using Distributed.Testing;

namespace Distributed.Artifacts.Tests.Azure;

public sealed class AzureSweepLogStoreTests(Azurite azurite) : SweepLogStoreConformance, IAsyncLifetime
{
    private Azurite.TestContainer _container = null!;

    public async ValueTask InitializeAsync() => _container = await azurite.Container();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override ISweepLogStore Create() => new AzureSweepLogStore(_container.Open(), new());

    protected override ISweepLogStore Reopen(ISweepLogStore store) => Create();
}

/// <summary>The shared contract once more, with segments so small that every test crosses some.</summary>
public sealed class AzureSegmentsConformanceTests(Azurite azurite) : SweepLogStoreConformance, IAsyncLifetime
{
    private Azurite.TestContainer _container = null!;

    public async ValueTask InitializeAsync() => _container = await azurite.Container();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override ISweepLogStore Create() => new AzureSweepLogStore(_container.Open(), new(SegmentRecords: 4, BatchBytes: 300));

    protected override ISweepLogStore Reopen(ISweepLogStore store) => Create();
}
