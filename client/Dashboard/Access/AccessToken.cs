using System.Security.Cryptography;
using System.Text;

namespace Distributed.Dashboard;

/// <summary>What lets a browser in where the dashboard listens beyond loopback. Never logged; compared in constant time.</summary>
public sealed class AccessToken
{
    private const int Bytes = 24;
    private readonly byte[] _hash;
    private readonly byte[] _cookie;

    /// <param name="text">At least 16 characters.</param>
    public AccessToken(string text)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(text.Length, 16, nameof(text));
        Text = text;
        _hash = Hash(text);
        _cookie = Hash("cookie of " + text);
    }

    /// <summary>The token itself, to be shown once.</summary>
    public string Text { get; }

    /// <summary>What the browser keeps instead: the token cannot be read off it.</summary>
    public string Cookie => Convert.ToHexStringLower(_cookie);

    /// <summary>A new one of 192 random bits.</summary>
    public static AccessToken Create() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Whether somebody gave the token.</summary>
    public bool Is(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(Hash(given), _hash);

    /// <summary>Whether a browser has the cookie.</summary>
    public bool IsCookie(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(Hash(given), Hash(Cookie));

    /// <inheritdoc/>
    public override string ToString() => "(a token)";

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
