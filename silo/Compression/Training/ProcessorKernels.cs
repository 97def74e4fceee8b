using System.Runtime.Intrinsics.X86;

namespace Distributed.Compression.Training;

/// <summary>Keeps libtorch from kernels that are wrong on the processor at hand.</summary>
/// <remarks>
/// libtorch 2.10's oneDNN, on AMD processors of family 26 (Zen 5), convolves input channels that do not fill its blocks (of 16 with AVX-512, of
/// 8 with AVX2) wrongly: 3 × 3 over 40 × 28 × 28 is off by a quarter of the largest value, by another one each time, or not a number; on family 25
/// all were right. There libtorch's own convolutions, matrix products, take its place.
/// </remarks>
public static class ProcessorKernels
{
    /// <summary>What oneDNN itself is limited by; where a user has set it, oneDNN is left to it. "SSE41" is right on Zen 5, and slower than no oneDNN.</summary>
    private const string Limit = "ONEDNN_MAX_CPU_ISA";
    private const int FirstFamily = 26;
    private static readonly Lazy<bool> Done = new(Keep);

    /// <summary>Call before the first convolution of the process.</summary>
    public static void KeepToRightOnes() => _ = Done.Value;

    /// <returns>Whether oneDNN is kept from.</returns>
    private static bool Keep()
    {
        if (!OperatingSystem.IsLinux() || !Avx.IsSupported || !IsAmd() || Family() < FirstFamily || Environment.GetEnvironmentVariable(Limit) is not null)
            return false;
        OwnConvolutions.Only = true;
        return true;
    }

    /// <summary>"AuthenticAMD", four letters a register.</summary>
    private static bool IsAmd() => X86Base.CpuId(0, 0) is (_, Ebx: 0x68747541, Ecx: 0x444D4163, Edx: 0x69746E65);

    /// <summary>Base and extended family, bits 8–11 and 20–27.</summary>
    private static int Family()
    {
        int eax = X86Base.CpuId(1, 0).Eax;
        int family = (eax >> 8) & 15;
        return family == 15 ? family + ((eax >> 20) & 255) : family;
    }
}
