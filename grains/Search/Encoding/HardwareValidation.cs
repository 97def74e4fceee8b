namespace Distributed.Search;

/// <summary>Says where a device's likes and a search space contradict each other: nothing that a sweep asks for is silently ignored.</summary>
public static class HardwareValidation
{
    private const int LargestQuantum = 1024;

    /// <exception cref="InvalidInputException">A value is out of its range, or the space asks for what the granularity rules out.</exception>
    public static void Check(HardwareSpec? hardware, SearchSpace space)
    {
        if (hardware is null) return;
        if (hardware.Quantum is < 1 or > LargestQuantum)
            throw new InvalidInputException("hardware.quantum", Invariant($"it is {hardware.Quantum}"), Invariant($"Give a whole number of 1 to {LargestQuantum}, or leave it out."));
        if (hardware.DepthWeight is not (>= 0 and < 1))
            throw new InvalidInputException("hardware.depth-weight", Invariant($"it is {hardware.DepthWeight}"), "Give a number of 0 or more and below 1.");
        if (hardware.Granularity == Granularity.Uniform && UniformGranularity.Against(space) is { } found)
            throw new InvalidInputException("hardware.granularity", $"it is uniform, but {found}", UniformGranularity.Remedy);
        if (hardware.DepthWeight > 0 && DepthWeighting.Against(space) is { } own)
            throw new InvalidInputException("hardware.depth-weight", $"it weighs depths, but {own}", DepthWeighting.Remedy);
        if (hardware is { Granularity: Granularity.Uniform, DepthWeight: > 0 })
            throw new InvalidInputException("hardware.depth-weight", "it weighs depths, but the granularity is uniform", "Write 'depth-weight: 0', or 'granularity: per-family'.");
    }
}
