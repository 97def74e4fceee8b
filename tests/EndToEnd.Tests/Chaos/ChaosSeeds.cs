using System.Globalization;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>The seeds of the scripts that kill and freeze: one, or as many as DISTRIBUTED_CHAOS_SEEDS says, from DISTRIBUTED_CHAOS_FIRST on.</summary>
internal static class ChaosSeeds
{
    public static TheoryData<int> Chosen => [.. Enumerable.Range(Number("DISTRIBUTED_CHAOS_FIRST"), Number("DISTRIBUTED_CHAOS_SEEDS"))];

    private static int Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 1;
}
