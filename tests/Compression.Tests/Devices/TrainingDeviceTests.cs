using System.Runtime.InteropServices;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Devices;

public sealed class TrainingDeviceTests
{
    private static readonly CudaSupport None = new(0, Carried: false, Visible: null);

    [Fact]
    public void A_cpu_slot_computes_on_the_processor_whatever_there_is()
    {
        var device = TrainingDevice.Of("cpu", () => throw new InvalidOperationException("Nobody needs to look."));
        Assert.Same(TrainingDevice.Cpu, device);
    }

    [Fact]
    public void A_cuda_slot_computes_on_the_device_that_its_process_sees()
    {
        var device = TrainingDevice.Of("cuda", () => new(1, Carried: true, "GPU-9b1f"));
        Assert.Equal("cuda", device.Class);
        Assert.False(device.IsProcessor);
    }

    [Fact]
    public void Without_a_slot_the_best_device_is_taken()
    {
        Assert.Equal("cuda", TrainingDevice.Of(null, () => new(2, Carried: true, null)).Class);
        Assert.Same(TrainingDevice.Cpu, TrainingDevice.Of(null, () => None));
    }

    [Theory]
    [InlineData(false, null, "-p:TorchBackend=cuda")]
    [InlineData(true, "GPU-9b1f", "CUDA_VISIBLE_DEVICES is 'GPU-9b1f'")]
    [InlineData(true, null, "driver")]
    public void A_cuda_slot_where_libtorch_finds_none_fails_its_attempts_and_says_what_to_do(bool carried, string? visible, string told)
    {
        var error = Assert.Throws<DeviceUnavailableException>(() => TrainingDevice.Of("cuda", () => new(0, carried, visible)));
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
        Assert.Contains("cpu", error.Message, StringComparison.Ordinal);
        // Another slot may have a device: a kind that is tried again.
        Assert.Equal(FailureKind.Unexpected, error.Kind);
    }

    [Fact]
    public void A_class_of_devices_that_nobody_knows_is_bad_input() =>
        Assert.Throws<InvalidInputException>(() => TrainingDevice.Of("tpu", () => None));

    [Fact]
    public void A_program_carries_CUDA_when_its_folder_holds_the_library()
    {
        var folder = Directory.CreateTempSubdirectory("torch-");
        try
        {
            Assert.False(CudaSupport.IsCarried(folder.FullName));
            File.WriteAllText(Path.Combine(folder.CreateSubdirectory("runtimes").FullName, "libtorch_cuda.so"), "");
            Assert.True(CudaSupport.IsCarried(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.10 GiB\nframe #0: …", true)]
    [InlineData("CUDA error: out of memory", true)]
    [InlineData("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`", true)]
    [InlineData("CUDA error: an illegal memory access was encountered", false)]
    [InlineData("mat1 and mat2 shapes cannot be multiplied", false)]
    public void A_device_without_memory_is_told_from_other_errors(string said, bool is_out_of_memory)
    {
        var native = new Native(said);
        Assert.Equal(is_out_of_memory, DeviceMemoryException.Is(native));
        if (!is_out_of_memory) return;
        var error = new DeviceMemoryException(native);
        Assert.Equal(FailureKind.OutOfMemory, AttemptBorder.KindOf(error));
        Assert.DoesNotContain("frame", error.Message, StringComparison.Ordinal);
        Assert.Contains("batch-size", error.Message, StringComparison.Ordinal);
    }

    private sealed class Native(string message) : ExternalException(message);
}
