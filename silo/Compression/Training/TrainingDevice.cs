using Distributed.Sweeps;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>
/// Where libtorch computes: the processor, or the CUDA device that this process sees. Every tensor that is made of numbers is made here, and
/// all numbers that leave a tensor leave it here: nothing else needs to know of devices. What is random is drawn in memory and put here, so
/// that it does not depend on the device.
/// </summary>
/// <remarks>Tensors belong to the caller's dispose scope.</remarks>
public sealed class TrainingDevice
{
    private readonly Device? _elsewhere;

    /// <param name="deviceClass">What a sweep calls it.</param>
    /// <param name="elsewhere">libtorch's name for it; null for the processor.</param>
    internal TrainingDevice(string deviceClass, Device? elsewhere) => (Class, _elsewhere) = (deviceClass, elsewhere);

    /// <summary>The processor.</summary>
    public static TrainingDevice Cpu { get; } = new("cpu", null);

    /// <summary>"cpu" or "cuda": what a sweep asks for.</summary>
    public string Class { get; }

    /// <summary>Whether its tensors lie in memory.</summary>
    internal bool IsProcessor => _elsewhere is null;

    /// <summary>
    /// The device of a slot of a class. Decided once, at the start of a process: before any tensor exists, so that libtorch finds its CUDA half.
    /// </summary>
    /// <param name="deviceClass">"cpu" or "cuda"; null for CUDA where it can be had, else the processor.</param>
    /// <exception cref="DeviceUnavailableException">It is cuda, and libtorch finds none.</exception>
    public static TrainingDevice Of(string? deviceClass) => Of(deviceClass, CudaSupport.Find);

    /// <summary>The same, of what there is.</summary>
    internal static TrainingDevice Of(string? deviceClass, Func<CudaSupport> support)
    {
        if (deviceClass == Cpu.Class) return Cpu;
        if (deviceClass is not (null or "cuda")) throw new InvalidInputException("the slot's device", $"it is '{deviceClass}'", "Give cpu or cuda.");
        var found = support();
        if (found.Devices > 0) return new("cuda", new(DeviceType.CUDA, 0));
        return deviceClass is null ? Cpu : throw new DeviceUnavailableException(found);
    }

    /// <summary>A tensor of numbers; without a shape, a row.</summary>
    internal Tensor Of(float[] values, long[]? shape = null) => shape is null ? tensor(values, device: _elsewhere) : tensor(values, shape, device: _elsewhere);

    /// <summary>The numbers, in double precision.</summary>
    internal Tensor Of(double[] values, long[]? shape = null) => shape is null ? tensor(values, device: _elsewhere) : tensor(values, shape, device: _elsewhere);

    /// <summary>A tensor of whole numbers; without a shape, a row.</summary>
    internal Tensor Of(long[] values, long[]? shape = null) => shape is null ? tensor(values, device: _elsewhere) : tensor(values, shape, device: _elsewhere);

    /// <summary>A tensor of truths; without a shape, a row.</summary>
    internal Tensor Of(bool[] values, long[]? shape = null) => shape is null ? tensor(values, device: _elsewhere) : tensor(values, shape, device: _elsewhere);

    /// <summary>A single whole number.</summary>
    internal Tensor Of(long value) => tensor(value, ScalarType.Int64, _elsewhere);

    /// <summary>Zeros.</summary>
    internal Tensor Zeros(long[] shape, ScalarType type = ScalarType.Float32) => zeros(shape, type, _elsewhere);

    /// <summary>Ones.</summary>
    internal Tensor Ones(long[] shape, ScalarType type = ScalarType.Float32) => ones(shape, type, _elsewhere);

    /// <summary>One number everywhere.</summary>
    internal Tensor Filled(long[] shape, Scalar value, ScalarType type) => full(shape, value, type, _elsewhere);

    /// <summary>The identity matrix in float64.</summary>
    internal Tensor Identity(long size) => eye(size, dtype: ScalarType.Float64, device: _elsewhere);

    /// <summary>start, start + step, … before the end.</summary>
    internal Tensor Range(Scalar start, Scalar end, Scalar step, ScalarType type) => arange(start, end, step, type, _elsewhere);

    /// <summary>A tensor of another device; always a new handle.</summary>
    internal Tensor Moved(Tensor value) => _elsewhere is null ? value.cpu() : value.to(_elsewhere);

    /// <summary>Row-major values, whatever device and layout.</summary>
    internal static float[] Floats(Tensor value) => Read<float>(value);

    /// <summary>Row-major values in float64, whatever device and layout.</summary>
    internal static double[] Doubles(Tensor value) => Read<double>(value);

    /// <summary>Row-major whole numbers of any width, whatever device and layout.</summary>
    internal static long[] Wholes(Tensor value)
    {
        using var wide = value.to_type(ScalarType.Int64);
        return Read<long>(wide);
    }

    /// <summary>The number in a tensor of one element. Waits until the device has computed it.</summary>
    internal static float Number(Tensor value) => value.item<float>();

    /// <summary>The whole number in a tensor of one element. Waits until the device has computed it.</summary>
    internal static long Whole(Tensor value) => value.item<long>();

    private static T[] Read<T>(Tensor value)
        where T : unmanaged
    {
        using Tensor detached = value.detach(), near = detached.cpu(), dense = near.contiguous();
        return dense.numel() == 0 ? [] : dense.data<T>().ToArray();
    }
}
