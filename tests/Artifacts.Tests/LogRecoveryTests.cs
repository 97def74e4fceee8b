using Distributed.Sweeps;

namespace Distributed.Artifacts.Tests;

public sealed class LogRecoveryTests : IDisposable
{
    private static readonly int[][] Groups = [[0], [1], [2, 3, 4], [5], [6, 7]];
    private readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_log_cut_at_any_byte_keeps_exactly_its_whole_appends_and_goes_on()
    {
        (byte[] whole, long[] ends) = await Written();
        for (int length = 0; length <= whole.Length; length++)
        {
            int groups = ends.Count(end => end <= length);
            int[] kept = [.. Groups.Take(groups).SelectMany(group => group)];
            _folder.Replace(whole.AsSpan(0, length));
            Assert.Equal(kept, await _folder.Notes());
            await _folder.Append([100], [101, 102]);
            Assert.Equal([.. kept, 100, 101, 102], await _folder.Notes());
        }
    }

    [Fact]
    public async Task A_log_with_a_torn_end_of_zeros_or_noise_goes_on()
    {
        (byte[] whole, _) = await Written();
        foreach (byte filler in new byte[] { 0, 0xFF, (byte)'{' })
        {
            foreach (int length in new[] { 1, LogFrame.HeadBytes - 1, LogFrame.HeadBytes, 200, 5000 })
            {
                byte[] torn = [.. whole, .. Enumerable.Repeat(filler, length)];
                _folder.Replace(torn);
                await _folder.Append([100]);
                Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 100], await _folder.Notes());
            }
        }
    }

    [Fact]
    public async Task A_damaged_byte_before_the_last_record_is_found_whichever_it_is()
    {
        (byte[] whole, long[] ends) = await Written([0], [1], [2], [3]);
        for (int i = 0; i < ends[^2]; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= (byte)(1 << (i % 8));
            _folder.Replace(damaged);
            var error = await Assert.ThrowsAsync<LogCorruptException>(() => _folder.Append([100]));
            Assert.Contains(_folder.Segments[0], error.Message, StringComparison.Ordinal);
            Assert.Matches("byte [0-9]+", error.Message);
            await Assert.ThrowsAsync<LogCorruptException>(() => _folder.Notes());
            Assert.Equal(damaged, await File.ReadAllBytesAsync(_folder.Segments[0], TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_damaged_last_record_counts_as_torn()
    {
        (byte[] whole, long[] ends) = await Written([0], [1]);
        for (int i = (int)ends[^2]; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x10;
            _folder.Replace(damaged);
            await _folder.Append([100]);
            Assert.Equal([0, 100], await _folder.Notes());
        }
    }

    [Fact]
    public async Task What_stands_before_the_damage_can_be_read()
    {
        (byte[] whole, long[] ends) = await Written();
        whole[ends[2] + LogFrame.HeadBytes + 3] ^= 1;
        _folder.Replace(whole);
        var seen = new List<long>();
        var error = await Assert.ThrowsAsync<LogCorruptException>(async () =>
        {
            await foreach (var entry in _folder.Store.Read(LogFolder.Sweep, 0, TestContext.Current.CancellationToken)) seen.Add(entry.Position);
        });
        Assert.Contains(Invariant($"byte {ends[2]}"), error.Message, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2, 3, 4], seen);
        _folder.Replace(whole.AsSpan(0, (int)ends[2]));
        await _folder.Append([100]);
        Assert.Equal([0, 1, 2, 3, 4, 100], await _folder.Notes());
    }

    [Fact]
    public async Task A_log_of_a_later_format_is_refused_by_its_version()
    {
        byte[] head = SegmentHead.Of(0);
        head[8] = 2;
        BitConverter.TryWriteBytes(head.AsSpan(20), LogFrame.Checksum(head.AsSpan(0, 20)));
        _folder.Replace(head);
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => _folder.Append([0]));
        Assert.Contains("format version 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_of_an_unknown_kind_is_refused_with_its_place()
    {
        (byte[] whole, _) = await Written([0]);
        string line = """{"position":1,"time":"2026-01-01T00:00:00+00:00","record":{"kind":"from-the-future"}}""" + "\n";
        _folder.Replace([.. whole, .. Frames.Of(line)]);
        var error = await Assert.ThrowsAsync<LogCorruptException>(() => _folder.Notes());
        Assert.Contains(_folder.Segments[0], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_checksum_is_the_one_of_the_standard()
    {
        Assert.Equal(0xE3069283u, LogFrame.Checksum("123456789"u8)); // the check value of CRC-32C
        Assert.Equal(0x8A9136AAu, LogFrame.Checksum(new byte[32])); // RFC 3720, B.4
    }

    private async Task<(byte[] Whole, long[] Ends)> Written(params int[][] groups)
    {
        if (groups.Length == 0) groups = Groups;
        var ends = new List<long>();
        foreach (int[] group in groups)
        {
            await _folder.Append(group);
            ends.Add(new FileInfo(_folder.Segments[0]).Length);
        }

        return (await File.ReadAllBytesAsync(_folder.Segments[0], TestContext.Current.CancellationToken), [.. ends]);
    }
}
