using System.Security.Cryptography;
using System.Text;

namespace Distributed.Silo.Notifying;

/// <summary>Proves to a webhook who sent a notification and when: "v1=" and the HMAC-SHA256, in hexadecimal, of "TIMESTAMP.BODY".</summary>
internal static class WebhookSignature
{
    /// <summary>Unix seconds of the try; inside the signature, so that an old message cannot be replayed with a new time.</summary>
    public const string TimestampHeader = "Distributed-Timestamp";

    /// <summary>The signature; absent where the sweep names no secret.</summary>
    public const string Header = "Distributed-Signature";

    /// <summary>The notification's id, the same in every try.</summary>
    public const string IdHeader = "Distributed-Event-Id";

    public static string Of(string secret, string timestamp, ReadOnlySpan<byte> body) =>
        "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.ASCII.GetBytes($"{timestamp}."), .. body]));
}
