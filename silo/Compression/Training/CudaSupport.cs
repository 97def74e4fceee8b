using Distributed.Sweeps;
using TorchSharp;

namespace Distributed.Compression.Training;

/// <summary>What libtorch has of CUDA in this process.</summary>
/// <param name="Devices">Devices that it can compute on; 0 for none.</param>
/// <param name="Carried">Whether this program carries libtorch's CUDA half at all.</param>
/// <param name="Visible">CUDA_VISIBLE_DEVICES; null where it is not set.</param>
public sealed record CudaSupport(int Devices, bool Carried, string? Visible)
{
    internal const string NotCarried = "it is cuda, and this program carries libtorch for the processor only";
    internal const string Remedy = "Build it with -p:TorchBackend=cuda (an image: --build-arg TORCH_BACKEND=cuda), or use cpu.";

    /// <summary>Looks.</summary>
    public static CudaSupport Find() =>
        new(torch.cuda.is_available() ? torch.cuda.device_count() : 0, IsCarriedHere, Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES"));

    /// <summary>Whether this program carries libtorch's CUDA half. Loads nothing.</summary>
    public static bool IsCarriedHere => IsCarried(AppContext.BaseDirectory);

    /// <summary>Refuses cuda where this program carries libtorch for the processor only. Loads nothing.</summary>
    /// <exception cref="InvalidInputException">It does.</exception>
    public static void Check(string deviceClass)
    {
        if (deviceClass == "cuda" && !IsCarriedHere) throw new InvalidInputException("Distributed:Device", NotCarried, Remedy);
    }

    /// <summary>Whether libtorch's CUDA half lies in a program's folder.</summary>
    internal static bool IsCarried(string folder) => Directory.EnumerateFiles(folder, "*torch_cuda*", SearchOption.AllDirectories).Any();
}
