using System.Text.Json;

namespace Distributed.Client.Sessions;

/// <summary>Bad input as the silo's program tells it: {"place", "found", "remedy"}.</summary>
internal static class SiloRefusal
{
    private sealed record Told(string? Place, string? Found, string? Remedy);

    /// <summary>The error that a line tells, or null when it tells none.</summary>
    public static InvalidInputException? Parse(string? line)
    {
        if (line is null) return null;
        try
        {
            return SweepJson.Read<Told>(line) is { Place: { } place, Found: { } found, Remedy: { } remedy }
                ? new InvalidInputException(place, found, remedy)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
