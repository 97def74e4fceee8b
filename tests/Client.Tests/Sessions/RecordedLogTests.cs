using Distributed.Artifacts;
using Distributed.Client.Sessions;

namespace Distributed.Client.Tests.Sessions;

public sealed class RecordedLogTests : IDisposable
{
    private static readonly SweepId Name = new("sample");
    private readonly string _folder = Directory.CreateTempSubdirectory("recorded-").FullName;
    private readonly OpenedStore _store;

    public RecordedLogTests() => _store = StoreOpener.Open(new StoreAddress.Folder(_folder), TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task All_that_is_durable_is_read_from_where_it_is_asked()
    {
        await Write(1200);
        var entries = await Read(7, durable: 1200);
        Assert.Equal(Enumerable.Range(7, 1193).Select(i => (long)i), entries.Select(entry => entry.Position));
    }

    [Fact]
    public async Task What_is_written_but_not_durable_is_left_to_the_silo()
    {
        await Write(1200);
        var entries = await Read(0, durable: 1199);
        Assert.Equal(700, entries.Count);
        Assert.All(entries, entry => Assert.True(entry.Position < 1199));
    }

    [Theory, InlineData(0), InlineData(699)]
    public async Task A_silo_that_knows_of_much_less_is_asked_for_everything(long durable)
    {
        await Write(1200);
        Assert.Empty(await Read(0, durable));
    }

    [Fact]
    public async Task Where_there_is_no_log_or_nothing_new_the_silo_is_asked()
    {
        Assert.Empty(await Read(0, durable: 0));
        await Write(10);
        Assert.Empty(await Read(10, durable: 10));
    }

    [Fact]
    public async Task A_damaged_log_is_left_to_the_silo_to_tell()
    {
        await Write(1200);
        string segment = Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).OrderByDescending(file => new FileInfo(file).Length).First();
        byte[] bytes = await File.ReadAllBytesAsync(segment, Cancellation);
        bytes[bytes.Length / 2] ^= 0xFF;
        await File.WriteAllBytesAsync(segment, bytes, Cancellation);
        Assert.Empty(await Read(0, durable: 1200));
    }

    private async Task Write(int records)
    {
        await using var log = await _store.Logs.Own(Name, Cancellation);
        await log.Append([.. Enumerable.Range(0, records).Select(i => new SweepRecord.StatusChanged(i % 2 == 0 ? SweepStatus.Paused : SweepStatus.Running, Invariant($"{i}")))], Cancellation);
    }

    private Task<IReadOnlyList<LogEntry>> Read(long from, long durable) =>
        new RecordedLog(_store.Logs).Read(Name, from, position => Task.FromResult(position < durable), Cancellation);
}
