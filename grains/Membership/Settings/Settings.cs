using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace Distributed.Membership;

/// <summary>The section "Distributed" of a configuration, read with errors that name key, value and remedy.</summary>
/// <param name="configuration">The whole configuration.</param>
public sealed class Settings(IConfiguration configuration)
{
    /// <summary>The section's name.</summary>
    public const string Root = "Distributed";

    private const int LongestName = 100;
    private readonly IConfigurationSection _section = configuration.GetSection(Root);

    /// <summary>Refuses keys that mean nothing: a misspelt one would be a default that nobody asked for.</summary>
    /// <exception cref="InvalidInputException">There is one.</exception>
    public void Check()
    {
        foreach (var (path, value) in _section.AsEnumerable(makePathsRelative: true))
        {
            if (value is null || SettingKeys.All.Any(key => key.Name.Equals(path, StringComparison.OrdinalIgnoreCase))) continue;
            throw Wrong(path, "there is no such setting", ClosestName.Remedy(path, [.. SettingKeys.All.Select(key => key.Name)]));
        }
    }

    /// <summary>A text, or null when it is not set or empty.</summary>
    public string? Text(string key) => _section[key] is { Length: > 0 } text ? text : null;

    /// <summary>A name: letters, digits, dots, hyphens and underscores.</summary>
    public string Name(string key, string otherwise)
    {
        string name = Text(key) ?? otherwise;
        return name.Length <= LongestName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            ? name
            : throw Wrong(key, $"it is '{name}'", Invariant($"Give at most {LongestName} letters, digits, dots, hyphens and underscores."));
    }

    /// <summary>One of an enumeration's names.</summary>
    public T Choice<T>(string key, T otherwise)
        where T : struct, Enum
    {
        if (Text(key) is not { } text) return otherwise;
        return Enum.TryParse(text, ignoreCase: true, out T choice) && Enum.IsDefined(choice) && !char.IsAsciiDigit(text[0])
            ? choice
            : throw Wrong(key, $"it is '{text}'", $"Give one of {string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}.");
    }

    /// <summary>Yes or no.</summary>
    public bool Flag(string key, bool otherwise)
    {
        if (Text(key) is not { } text) return otherwise;
        return bool.TryParse(text, out bool flag) ? flag : throw Wrong(key, $"it is '{text}'", "Give true or false.");
    }

    /// <summary>A whole number, or null when it is not set.</summary>
    public int? Whole(string key, int least, int most)
    {
        if (Text(key) is not { } text) return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw Wrong(key, $"it is '{text}'", Invariant($"Give a whole number from {least} to {most}."));
    }

    /// <summary>A time: "30s", "2m", "1h", or "00:00:30".</summary>
    public TimeSpan Time(string key, TimeSpan otherwise)
    {
        if (Text(key) is not { } text) return otherwise;
        return Parse(text) is { } time && time >= TimeSpan.Zero && time <= TimeSpan.FromDays(1)
            ? time
            : throw Wrong(key, $"it is '{text}'", "Give a time of at most a day, such as 30s, 2m or 1h.");
    }

    /// <summary>An IP address.</summary>
    public IPAddress Address(string key, IPAddress otherwise)
    {
        if (Text(key) is not { } text) return otherwise;
        if (text.Equals("localhost", StringComparison.OrdinalIgnoreCase)) return IPAddress.Loopback;
        return IPAddress.TryParse(text, out var address) ? address : throw Wrong(key, $"it is '{text}'", "Give an IP address of this machine, or 0.0.0.0 for all of them.");
    }

    /// <summary>Addresses with ports, separated by commas; names are looked up.</summary>
    public IReadOnlyList<IPEndPoint> Endpoints(string key) =>
        Text(key) is { } text ? [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).SelectMany(one => Endpoint(key, one))] : [];

    /// <summary>The error of a value that cannot be used.</summary>
    public static InvalidInputException Wrong(string key, string found, string remedy, Exception? cause = null) => new($"{Root}:{key}", found, remedy, cause);

    private static IEnumerable<IPEndPoint> Endpoint(string key, string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon < 1 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) || port == 0)
            throw Wrong(key, $"'{text}' is no address with a port", "Give HOST:PORT, several separated by commas.");
        string host = text[..colon].Trim('[', ']');
        if (IPAddress.TryParse(host, out var address)) return [new(address, port)];
        try
        {
            return [.. Dns.GetHostAddresses(host).Select(found => new IPEndPoint(found, port))];
        }
        catch (System.Net.Sockets.SocketException error)
        {
            throw Wrong(key, $"the name '{host}' is not known ({error.Message.TrimEnd('.')})", "Give a name or address that this machine can reach.", error);
        }
    }

    private static TimeSpan? Parse(string text)
    {
        if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time) && text.Contains(':', StringComparison.Ordinal)) return time;
        if (!double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)) return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            _ => null,
        };
    }
}
