using Distributed.Sweeps;
using Distributed.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Distributed.Artifacts.Tests.Azure;

public sealed class AzureFaultsTests(Azurite azurite)
{
    private const string OtherKey = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_container_that_nobody_serves_is_unavailable_and_says_how_to_go_on()
    {
        var store = Unreachable(new FakeTimeProvider() { AutoAdvanceAmount = TimeSpan.FromMinutes(1) });
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Reach(Cancellation));
        Assert.Contains("azure://sweeps", error.Message, StringComparison.Ordinal);
        Assert.Contains("does not answer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_that_are_not_accepted_are_bad_input_and_no_secret_is_told()
    {
        var container = await azurite.Container();
        var refused = container.WithKey(OtherKey).Open();
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => refused.Reach(Cancellation));
        Assert.Contains("DISTRIBUTED_STORE_CONNECTION", error.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain(OtherKey, error.Message, StringComparison.Ordinal);
        Assert.True(error.IsOfStore);
    }

    [Fact]
    public async Task A_container_that_is_not_there_is_made_by_reaching_it_and_bad_input_otherwise()
    {
        var container = (await azurite.Container()).Named($"other-{Guid.NewGuid():N}").Open();
        AzureArtifactStore store = new(container);
        await Assert.ThrowsAsync<InvalidInputException>(() => store.Put(new("a"), new MemoryStream([1]), Cancellation));
        await container.Reach(Cancellation);
        await container.Reach(Cancellation);
        await store.Put(new("a"), new MemoryStream([1]), Cancellation);
    }

    [Fact]
    public async Task An_outage_is_waited_for_and_what_was_asked_in_it_is_done_after_it()
    {
        Assert.SkipWhen(AzuriteServer.Absent is not null, AzuriteServer.Absent ?? "");
        await using var server = await AzuriteServer.New(Cancellation);
        var container = new Azurite.TestContainer(server.ConnectionString, "sweeps").Open(patience: AzurePatience.OfWriter);
        await container.Reach(Cancellation);
        await using var log = await new AzureSweepLogStore(container, new()).Own(LogFolder.Sweep, Cancellation);
        await log.Append([LogFolder.Note(0)], Cancellation);
        await server.Stop();
        var append = log.Append([LogFolder.Note(1)], Cancellation);
        var put = new AzureArtifactStore(container).Put(new("a"), new MemoryStream([1]), Cancellation);
        await server.Start(Cancellation);
        Assert.Equal(1, Assert.Single(await append).Position);
        await put;
    }

    [Fact]
    public async Task A_container_without_space_is_full_and_nothing_is_kept()
    {
        var container = await azurite.Container();
        var full = container.Open(new FaultyNetwork.Full());
        await Assert.ThrowsAsync<StoreFullException>(() => new AzureArtifactStore(full).Put(new("a"), new MemoryStream([1]), Cancellation));
        await Assert.ThrowsAsync<StoreFullException>(() => new AzureSweepLogStore(full, new()).Own(LogFolder.Sweep, Cancellation));
        Assert.Empty(container.Client.GetBlobs(cancellationToken: Cancellation));
    }

    [Fact]
    public async Task After_an_append_without_an_answer_the_log_takes_nothing_until_it_is_owned_anew()
    {
        var container = await azurite.Container();
        FaultyNetwork network = new(step: 9, forGood: true);
        var log = await new AzureSweepLogStore(container.Open(network), new()).Own(LogFolder.Sweep, Cancellation);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            while (true) await log.Append([LogFolder.Note((int)log.Next)], Cancellation);
        });
        await Assert.ThrowsAsync<StoreUnavailableException>(() => log.Append([LogFolder.Note(99)], Cancellation));
        await using var next = await new AzureSweepLogStore(container.Open(), new()).Own(LogFolder.Sweep, Cancellation);
        Assert.Equal(1, next.Next);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AccountName=team")]
    [InlineData("nonsense SECRET")]
    public void A_connection_string_that_is_none_is_refused_without_repeating_it(string connection)
    {
        string? before = Environment.GetEnvironmentVariable(StoreAddress.ConnectionVariable);
        try
        {
            Environment.SetEnvironmentVariable(StoreAddress.ConnectionVariable, connection);
            var error = Assert.Throws<InvalidInputException>(() => StoreOpener.Open(StoreAddress.Parse("azure://sweeps"), TimeProvider.System));
            Assert.Contains(StoreAddress.ConnectionVariable, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("SECRET", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(StoreAddress.ConnectionVariable, before);
        }
    }

    private static AzureContainer Unreachable(TimeProvider time) => new Azurite.TestContainer(
        $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={OtherKey};BlobEndpoint=http://127.0.0.1:1/devstoreaccount1;", "sweeps").Open(time: time);
}
