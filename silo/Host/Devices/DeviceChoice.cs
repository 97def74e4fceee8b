namespace Distributed.Silo.Devices;

/// <summary>What trials are to run on.</summary>
internal enum DeviceChoice
{
    /// <summary>CUDA devices where the program can use them and there are some, else the processor.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>CUDA devices.</summary>
    Cuda,
}
