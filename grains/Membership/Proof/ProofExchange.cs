using System.Buffers;
using System.IO.Pipelines;

namespace Distributed.Membership;

/// <summary>Bytes to and from the other end, exactly as many as asked for: what comes after the proof is Orleans's to read.</summary>
internal sealed class ProofExchange(IDuplexPipe transport, CancellationToken limit)
{
    /// <summary>Sends.</summary>
    public async Task Write(byte[] bytes) => await transport.Output.WriteAsync(bytes, limit);

    /// <summary>Receives so many bytes.</summary>
    /// <exception cref="IOException">The other end went away.</exception>
    public async Task<byte[]> Read(int count)
    {
        while (true)
        {
            var read = await transport.Input.ReadAsync(limit);
            if (read.Buffer.Length >= count)
            {
                var wanted = read.Buffer.Slice(0, count);
                byte[] bytes = wanted.ToArray();
                transport.Input.AdvanceTo(wanted.End);
                return bytes;
            }

            transport.Input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || read.IsCanceled) throw new IOException("The other end went away.");
        }
    }

    /// <summary>Receives a hello; null when something else is said.</summary>
    public async Task<Hello?> ReadHello()
    {
        byte[] head = await Read(Hello.FixedLength);
        return Hello.NameLength(head) is { } length ? Hello.Decode([.. head, .. length > 0 ? await Read(length) : []]) : null;
    }
}
