using System.Runtime.InteropServices;
using Distributed.Compression.Training;
using TorchSharp;

namespace Distributed.Compression.Tests.Devices;

/// <summary>
/// A device that is not the processor, on every Linux machine: libtorch's own "lazy" one. Its tensors hold real numbers that can be read
/// only by moving them, and most of its operators refuse a tensor in memory ("Input tensor is not a lazy tensor"), as CUDA's do.
/// </summary>
/// <remarks>
/// The meta device would not do: the operators that libtorch's Python registers for it (convolution, batch_norm, index_select …) do not exist
/// without Python, and those that do take tensors in memory without a word. TorchSharp does not know this device's name, only its number.
/// Whoever uses it stands in the collection of trials: what it plans and computes is one for all threads.
/// </remarks>
internal static class SecondDevice
{
    private const int LazyType = 17;
    private const string Initialization = "_ZN5torch4lazy22InitTorchScriptBackendEv";
    private const string Executor = "_ZN5torch4lazy17LazyGraphExecutor3GetEv";
    private const string Synchronization = "_ZN5torch4lazy17LazyGraphExecutor20SyncLiveTensorsGraphEPKNS0_13BackendDeviceEN3c108ArrayRefINSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEEEEb";
    private static readonly Lazy<TrainingDevice> One = new(Start);

    /// <summary>libtorch's name for it.</summary>
    public static torch.Device Torch { get; } = new((DeviceType)LazyType, 0);

    /// <summary>The device; skips the test where libtorch is another one.</summary>
    public static TrainingDevice Required
    {
        get
        {
            Assert.SkipUnless(OperatingSystem.IsLinux(), "The second device is started by its symbol in libtorch for Linux.");
            return One.Value;
        }
    }

    /// <summary>Computes all that is only planned so far: a lazy device would plan every step again for each number that is read of it.</summary>
    public static unsafe void Settle()
    {
        nint executor = ((delegate* unmanaged<nint>)Symbol(Executor))();
        ((delegate* unmanaged<nint, nint, nint, nint, byte, void>)Symbol(Synchronization))(executor, 0, 0, 0, 1);
    }

    /// <summary>Whether a tensor lies there.</summary>
    public static bool Holds(torch.Tensor value) => (int)value.device_type == LazyType;

    private static unsafe TrainingDevice Start()
    {
        torch.InitializeDeviceType(DeviceType.CPU);
        ((delegate* unmanaged<void>)Symbol(Initialization))();
        return new("second", Torch);
    }

    private static nint Symbol(string name) =>
        NativeLibrary.TryGetExport(NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, "libtorch_cpu.so")), name, out nint symbol)
            ? symbol
            : throw new InvalidOperationException($"libtorch has no symbol {name} any more: look for another second device.");
}
