using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Distributed.Compression.Training;

/// <summary>Keeps libtorch from kernels that are wrong on the processor at hand.</summary>
/// <remarks>
/// libtorch 2.10's oneDNN, on AMD processors of family 26 (Zen 5), convolves input channels that do not fill its blocks (of 16 with AVX-512, of
/// 8 with AVX2) wrongly: 3 × 3 over 40 × 28 × 28 is off by a quarter of the largest value, by another one each time, or not a number. Its kernels
/// for SSE 4.1 are right there, and nearly five times as slow; on family 25 all were right.
/// </remarks>
public static partial class ProcessorKernels
{
    private const string Limit = "ONEDNN_MAX_CPU_ISA";
    private const string Right = "SSE41";
    private const int FirstFamily = 26;
    private static readonly Lazy<bool> Done = new(Keep);

    /// <summary>Call before the first convolution of the process: oneDNN chooses once. What the user's environment says stands.</summary>
    /// <returns>Whether kernels are kept from.</returns>
    public static bool KeepToRightOnes() => Done.Value;

    private static bool Keep()
    {
        if (!OperatingSystem.IsLinux() || !Avx.IsSupported || !IsAmd() || Family() < FirstFamily) return false;
        if (SetVariable(Limit, Right, overwrite: 0) != 0)
            throw new InvalidOperationException($"The variable {Limit} could not be set, and libtorch's convolutions are wrong on this processor without it; set it to {Right} yourself.");
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

    /// <summary>The runtime's own variables are not those that native libraries see.</summary>
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
