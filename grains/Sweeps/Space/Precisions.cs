namespace Distributed.Sweeps;

/// <summary>In what numbers an exported file computes: what <see cref="ParameterNames.Precision"/> may hold.</summary>
public static class Precisions
{
    /// <summary>32-bit floats.</summary>
    public const string Float32 = "float32";

    /// <summary>8-bit integers.</summary>
    public const string Int8 = "int8";

    /// <summary>Both, the default first.</summary>
    public static IReadOnlyList<string> All { get; } = [Float32, Int8];
}
