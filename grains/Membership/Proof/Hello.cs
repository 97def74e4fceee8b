using System.Security.Cryptography;
using System.Text;

namespace Distributed.Membership;

/// <summary>What either end of a connection says first: protocol, cluster, and a number that is never used twice.</summary>
/// <remarks>On the wire: 8 bytes "distrib" and the protocol's number, 32 bytes nonce, 1 byte length, so many bytes of the cluster's name in UTF-8.</remarks>
internal sealed record Hello(byte Protocol, string Cluster, byte[] Nonce)
{
    /// <summary>The protocol that this program speaks. Silos and clients of another one cannot be understood.</summary>
    public const byte CurrentProtocol = 1;

    /// <summary>Bytes up to and with the length of the name.</summary>
    public const int FixedLength = 8 + NonceLength + 1;

    private const int NonceLength = 32;
    private static readonly byte[] Magic = "distrib"u8.ToArray();

    /// <summary>A new one.</summary>
    public static Hello Of(string cluster) => new(CurrentProtocol, cluster, RandomNumberGenerator.GetBytes(NonceLength));

    /// <summary>As bytes.</summary>
    public byte[] Encode()
    {
        byte[] name = Encoding.UTF8.GetBytes(Cluster);
        return [.. Magic, Protocol, .. Nonce, (byte)name.Length, .. name];
    }

    /// <summary>How long the name is that follows the fixed part; null when somebody else speaks.</summary>
    public static int? NameLength(ReadOnlySpan<byte> head) => head.StartsWith(Magic) ? head[FixedLength - 1] : null;

    /// <summary>Reads one whose length is right.</summary>
    public static Hello Decode(ReadOnlySpan<byte> bytes) =>
        new(bytes[Magic.Length], Encoding.UTF8.GetString(bytes[FixedLength..]), bytes.Slice(Magic.Length + 1, NonceLength).ToArray());
}
