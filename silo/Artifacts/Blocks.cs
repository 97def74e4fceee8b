using System.Buffers;
using System.Runtime.CompilerServices;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>A stream in blocks, each of which is a beat of the process's <see cref="Pulse"/>: reading many gigabytes is no hang.</summary>
internal static class Blocks
{
    /// <summary>From where the stream stands to its end. A block holds until the next is asked for.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> Of(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(TemporaryFile.BlockBytes);
        try
        {
            while (await stream.ReadAsync(block, cancellation) is > 0 and int read)
            {
                Pulse.Beat();
                yield return block.AsMemory(0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
