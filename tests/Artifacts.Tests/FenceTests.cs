namespace Distributed.Artifacts.Tests;

/// <summary>The form of a fence, by hand from the format's description: logs in containers hold them for ever.</summary>
public sealed class FenceTests
{
    private const string Owner = """{"epoch":7,"name":"process 123 on host, since 2026-01-02 03:04:05Z"}""" + "\n";

    [Fact]
    public async Task A_fence_is_no_record_and_names_the_newest_owner()
    {
        byte[] segment = [.. SegmentHead.Of(0), .. Frames.Of(Line(0)), .. Frames.Of(Owner, uint.MaxValue), .. Frames.Of(Line(1)), .. Frames.Of(Line(2))];
        var scan = SegmentScan.Of("segment", 0, segment, mayBeTorn: false);
        Assert.Equal((3, 7, (long)segment.Length), (scan.Count, scan.Fence, scan.End));
        List<long> positions = [];
        await foreach (var entries in scan.From(0)) positions.AddRange(entries.Select(entry => entry.Position));
        Assert.Equal([0L, 1, 2], positions);
        Assert.Null(scan.Damage);
    }

    [Fact]
    public void A_fence_is_written_as_it_is_read()
    {
        System.Buffers.ArrayBufferWriter<byte> bytes = new();
        LogFrame.WriteFence(bytes, new(7, "process 123 on host, since 2026-01-02 03:04:05Z"));
        Assert.Equal(Frames.Of(Owner, uint.MaxValue), bytes.WrittenSpan.ToArray());
    }

    private static string Line(int position) =>
        $$$"""{"position":{{{position}}},"time":"2026-01-01T00:00:00+00:00","record":{"kind":"leased","trial":{{{position}}},"epoch":1,"slot":"host/0"}}""" + "\n";
}
