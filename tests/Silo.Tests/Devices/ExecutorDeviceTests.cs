using Distributed.Silo.Devices;
using Distributed.Silo.Executors;
using Distributed.Sweeps;

namespace Distributed.Silo.Tests.Devices;

public sealed class ExecutorDeviceTests
{
    [Fact]
    public void An_executor_is_told_the_class_of_its_slots_device_and_sees_that_device_only()
    {
        ExecutorLaunch launch = new("program", ["executor"], "store");
        var cuda = launch.Start("gpu-1/0", new("cuda", "NVIDIA H100 80GB HBM3 #0", 81559L << 20, "GPU-9b1f"), "1", "2");
        Assert.Equal(["executor", "--commands", "1", "--events", "2", "--device", "cuda", "--pulse", "00:00:10"], cuda.ArgumentList);
        Assert.Equal("GPU-9b1f", cuda.Environment["CUDA_VISIBLE_DEVICES"]);
        var cpu = launch.Start("cpu-1/0", new("cpu", "1/2 of 2 cores", 1 << 30, ""), "1", "2");
        Assert.Equal("cpu", cpu.ArgumentList[^3]);
        Assert.Equal("", cpu.Environment["CUDA_VISIBLE_DEVICES"]);
    }

    [Fact]
    public void A_silo_without_CUDA_refuses_to_serve_CUDA_slots_and_says_what_to_build()
    {
        CompressionEngine engine = new();
        engine.CheckDevice("cpu");
        if (SlotDevices.ThisProgramUsesCuda) Assert.Skip("This build carries libtorch with CUDA.");
        var error = Assert.Throws<InvalidInputException>(() => engine.CheckDevice("cuda"));
        Assert.Equal("Distributed:Device", error.Place);
        Assert.Contains("-p:TorchBackend=cuda", error.Message, StringComparison.Ordinal);
    }
}
