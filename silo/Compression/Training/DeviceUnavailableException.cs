using Distributed.Sweeps;

namespace Distributed.Compression.Training;

/// <summary>A slot is a CUDA one, and libtorch finds no CUDA device: its attempts fail, and another slot may run them.</summary>
internal sealed class DeviceUnavailableException(CudaSupport found) : AttemptFailedException(FailureKind.Unexpected, Told(found))
{
    private static string Told(CudaSupport found) => found.Carried
        ? $"The slot's device is cuda, and libtorch finds no CUDA device ({(found.Visible is null ? "CUDA_VISIBLE_DEVICES is not set" : $"CUDA_VISIBLE_DEVICES is '{found.Visible}'")}). "
            + "Install an NVIDIA driver for CUDA 12.8 ('nvidia-smi' must tell of the device), give a container its devices, or set Distributed:Device to cpu."
        : $"The slot's device cannot be used: {CudaSupport.NotCarried}. {CudaSupport.Remedy}";
}
