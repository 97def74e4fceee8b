using Distributed.Silo.Devices;
using Distributed.Sweeps;

namespace Distributed.Silo.Tests;

public sealed class SlotDevicesTests
{
    private static readonly SlotDevice Gpu = new("cuda", "NVIDIA H100 80GB HBM3 #0", 81559L << 20, "GPU-9b1f");
    private static readonly SlotDevice Other = Gpu with { Name = "NVIDIA H100 80GB HBM3 #1", Visible = "GPU-77aa" };

    [Fact]
    public void The_drivers_tool_names_devices_with_class_and_memory()
    {
        const string Said = "GPU-9b1f, 0, 81559, NVIDIA H100 80GB HBM3\nGPU-77aa, 1, 81559, NVIDIA H100 80GB HBM3\n";
        Assert.Equal([Gpu, Other], CudaDevices.Parse(Said));
    }

    [Theory]
    [InlineData("")]
    [InlineData("No devices were found\n")]
    [InlineData("GPU-1, 0\n")]
    [InlineData("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver, again, and, again\n")]
    public void Whatever_else_it_says_is_no_device(string said) => Assert.Empty(CudaDevices.Parse(said));

    [Fact]
    public void Each_cuda_device_is_a_slot_or_as_many_as_asked_for()
    {
        Assert.Equal([Gpu, Other], SlotDevices.Find(DeviceChoice.Auto, null, () => [Gpu, Other], usesCuda: true));
        Assert.Equal([Gpu, Other, Gpu, Other], SlotDevices.Find(DeviceChoice.Cuda, 2, () => [Gpu, Other], usesCuda: true));
    }

    [Fact]
    public void Without_cuda_the_processor_is_shared()
    {
        var slots = SlotDevices.Find(DeviceChoice.Auto, 3, () => [], usesCuda: true);
        Assert.Equal(3, slots.Count);
        Assert.All(slots, slot => Assert.Equal(("cpu", ""), (slot.Class, slot.Visible)));
        Assert.Equal(Environment.ProcessorCount, SlotDevices.Find(DeviceChoice.Cpu, null, () => [Gpu], usesCuda: true).Count);
        Assert.All(SlotDevices.Find(DeviceChoice.Auto, null, () => [Gpu], usesCuda: false), slot => Assert.Equal("cpu", slot.Class));
    }

    [Fact]
    public void Cuda_that_was_asked_for_and_is_not_there_is_told()
    {
        var error = Assert.Throws<InvalidInputException>(() => SlotDevices.Find(DeviceChoice.Cuda, null, () => [], usesCuda: true));
        Assert.Equal("Distributed:Device", error.Place);
    }

    [Fact]
    public void A_control_silo_has_no_slot() => Assert.Empty(SlotDevices.Find(DeviceChoice.Cuda, 0, () => [], usesCuda: true));
}
