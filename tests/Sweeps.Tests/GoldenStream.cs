namespace Distributed.Sweeps.Tests;

/// <summary>The first words of SeededRandom(42, "golden"): SHA-256 of "42/golden" as the state, stepped by an independent program.</summary>
internal static class GoldenStream
{
    public const ulong First = 0x0a51189118542d1a;
    public const ulong Second = 0x0227f04e1053ebe0;
    public const ulong Third = 0xc427afc05981d5b2;
}
