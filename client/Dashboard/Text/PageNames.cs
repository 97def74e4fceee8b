using System.Text.Json;

namespace Distributed.Dashboard;

/// <summary>Names in addresses, and names of ours for people.</summary>
public static class PageNames
{
    /// <summary>The sweep that an address names; null when no sweep can have such a name.</summary>
    public static SweepId? Sweep(string? text)
    {
        try
        {
            return text is null ? null : new SweepId(text);
        }
        catch (InvalidInputException)
        {
            return null;
        }
    }

    /// <summary>The address of a sweep's page.</summary>
    public static string Address(SweepId sweep) => $"sweeps/{sweep}";

    /// <summary>The address of a trial's page.</summary>
    public static string Address(SweepId sweep, TrialId trial) => $"sweeps/{sweep}/trials/{trial}";

    /// <summary>"fine-tuning" for <see cref="TrialPhase.FineTuning"/>: as in sweep files and logs.</summary>
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
