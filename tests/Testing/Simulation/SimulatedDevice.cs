namespace Distributed.Testing;

/// <summary>A slot of a machine that does not exist.</summary>
/// <param name="Slot">Its name: "host/0".</param>
/// <param name="EpochsPerMinute">How fast it trains.</param>
/// <param name="Failing">The probability that an attempt ends by a failure that is worth another attempt.</param>
/// <param name="Vanishing">The probability that it falls silent in an attempt, and comes back long after with the result that nobody waits for.</param>
/// <param name="Straggling">The probability that an attempt takes eight times as long.</param>
public sealed record SimulatedDevice(string Slot, double EpochsPerMinute = 10, double Failing = 0, double Vanishing = 0, double Straggling = 0)
{
    /// <summary>So many devices, each up to four times as fast as the slowest, with the same chances of mishap.</summary>
    public static IReadOnlyList<SimulatedDevice> Fleet(int count, double mishaps = 0) => [.. Enumerable.Range(0, count)
        .Select(i => new SimulatedDevice(Invariant($"host{i}/0"), 10 * (1 + (3.0 * i / Math.Max(1, count - 1))), mishaps, mishaps, mishaps))];
}
