using System.Runtime.InteropServices;
using TorchSharp;

namespace Distributed.Compression.Training;

/// <summary>
/// libtorch's switches for who convolves: oneDNN (<c>torch.backends.mkldnn.enabled</c>) and NNPACK, or its own matrix products. TorchSharp does not
/// pass them on. Linux only: C++ names differ elsewhere.
/// </summary>
internal static partial class OwnConvolutions
{
    private const string Library = "libtorch_cpu.so";

    /// <summary>Whether libtorch convolves by itself, in the whole process, forward and backward, from the next operator on.</summary>
    /// <exception cref="EntryPointNotFoundException">This libtorch has no such switches.</exception>
    public static bool Only
    {
        get => IsOneDnnEnabled(Context()) == 0;
        set
        {
            byte others = (byte)(value ? 0 : 1);
            EnableOneDnn(Context(), others);
            EnableNnpack(Context(), others);
        }
    }

    /// <summary>TorchSharp loads its library first, so that this is the same one.</summary>
    private static nint Context()
    {
        torch.InitializeDeviceType(DeviceType.CPU);
        return GlobalContext();
    }

    [LibraryImport(Library, EntryPoint = "_ZN2at13globalContextEv")]
    private static partial nint GlobalContext();

    [LibraryImport(Library, EntryPoint = "_ZNK2at7Context17userEnabledMkldnnEv")]
    private static partial byte IsOneDnnEnabled(nint context);

    [LibraryImport(Library, EntryPoint = "_ZN2at7Context20setUserEnabledMkldnnEb")]
    private static partial void EnableOneDnn(nint context, byte enabled);

    [LibraryImport(Library, EntryPoint = "_ZN2at7Context20setUserEnabledNNPACKEb")]
    private static partial void EnableNnpack(nint context, byte enabled);
}
