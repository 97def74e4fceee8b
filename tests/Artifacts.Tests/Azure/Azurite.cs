using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Distributed.Artifacts.Tests.Azure;
using Distributed.Testing;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace Distributed.Artifacts.Tests.Azure;

/// <summary>One Azurite for all tests, started by the first that needs it; each test has a container of its own.</summary>
public sealed class Azurite : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task<AzuriteServer>? _server;

    /// <summary>A new container.</summary>
    internal async Task<TestContainer> Container()
    {
        Assert.SkipWhen(AzuriteServer.Absent is not null, AzuriteServer.Absent ?? "");
        Task<AzuriteServer> server;
        lock (_gate) server = _server ??= AzuriteServer.New(TestContext.Current.CancellationToken);
        TestContainer container = new((await server).ConnectionString, $"test-{Guid.NewGuid():N}");
        await container.Open().Reach(TestContext.Current.CancellationToken);
        return container;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await (await _server).DisposeAsync();
    }

    /// <summary>A container, opened as often as a test likes.</summary>
    internal sealed class TestContainer(string connection, string name)
    {
        /// <summary>Another container of the same account.</summary>
        public TestContainer Named(string other) => new(connection, other);

        /// <summary>The same container, asked with another key.</summary>
        public TestContainer WithKey(string key) => new(System.Text.RegularExpressions.Regex.Replace(connection, "AccountKey=[^;]*", $"AccountKey={key}"), name);

        public BlobContainerClient Client => new(connection, name, AzureContainer.Options(AzurePatience.OfReader));

        /// <summary>What the product asks the container through.</summary>
        /// <param name="faults">Gets in between.</param>
        /// <param name="patience">How often it is asked; once when something gets in between and nothing else is said.</param>
        /// <param name="time">The clock.</param>
        public AzureContainer Open(HttpPipelinePolicy? faults = null, AzurePatience? patience = null, TimeProvider? time = null)
        {
            patience ??= faults is null ? AzurePatience.OfReader : new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(20));
            var options = AzureContainer.Options(patience);
            if (faults is not null) options.AddPolicy(faults, global::Azure.Core.HttpPipelinePosition.PerRetry);
            return new(new(connection, name, options), $"azure://{name}", patience, time ?? TimeProvider.System);
        }
    }
}
