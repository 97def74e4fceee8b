using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Sets the damaged part of a log in a container aside. No blob is moved: the manifest lists other ones from then on.</summary>
internal sealed class BlobQuarantine(AzureContainer container, SweepId sweep, CancellationToken cancellation)
{
    private const int BlockBytes = 1 << 22;

    /// <returns>The manifest without the damaged segments, and what is damaged; null when nothing is.</returns>
    public async Task<(LogManifest Manifest, QuarantinedLog Told)?> Without(LogManifest manifest)
    {
        long next = 0;
        for (int i = 0; i < manifest.Segments.Count; i++)
        {
            var (first, blob) = manifest.Segments[i];
            SegmentAppends segment = new(container, blob);
            byte[]? bytes = await segment.Read(cancellation);
            var scan = bytes is { Length: > 0 } ? SegmentScan.Of(segment.Place, first, bytes, mayBeTorn: false) : null;
            string? damage = bytes is null ? $"{segment.Place}: the segment is missing"
                : first != next ? Invariant($"{segment.Place}: the segment starts with record {first}, and record {next} should come next")
                : scan?.Damage?.Message;
            if (damage is null)
            {
                next += scan?.Count ?? 0;
                continue;
            }

            List<LogManifest.SegmentBlob> kept = [.. manifest.Segments.Take(i)];
            if (first == next && scan is { Count: > 0 })
            {
                kept.Add(new(first, await Copy(first, bytes.AsMemory(0, (int)scan.End), manifest.Epoch)));
                next += scan.Count;
            }

            string[] aside = [.. manifest.Segments.Skip(i).Select(left => left.Blob)];
            return (manifest with { Segments = kept, Quarantined = [.. manifest.Quarantined, .. aside] }, new(sweep, damage, next, string.Join(", ", aside)));
        }

        return null;
    }

    private async Task<string> Copy(long first, ReadOnlyMemory<byte> bytes, long epoch)
    {
        SegmentAppends copy = new(container, BlobNames.Segment(sweep, first, epoch));
        await copy.Create(cancellation);
        for (int at = 0; at < bytes.Length; at += BlockBytes)
            await copy.TryAppend(bytes.Slice(at, Math.Min(BlockBytes, bytes.Length - at)), at, cancellation);
        return copy.Name;
    }
}
