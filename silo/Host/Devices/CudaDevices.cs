using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Distributed.Silo.Devices;

/// <summary>The CUDA devices of this machine, as its driver's own tool tells.</summary>
internal static class CudaDevices
{
    private const string Program = "nvidia-smi";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Every device; none where there is no driver.</summary>
    public static IReadOnlyList<SlotDevice> Find()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Program, ["--query-gpu=uuid,index,memory.total,name", "--format=csv,noheader,nounits"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var said = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Limit)) process.Kill(entireProcessTree: true);
            return process.ExitCode == 0 ? Parse(said.GetAwaiter().GetResult()) : [];
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            return [];
        }
    }

    /// <summary>Reads "GPU-1f…, 0, 81559, NVIDIA H100 80GB HBM3", a device a line; memory in MiB. Lines of another form are no devices.</summary>
    public static IReadOnlyList<SlotDevice> Parse(string lines) =>
        [.. lines.Split('\n').Select(line => line.Split(',', 4, StringSplitOptions.TrimEntries)).Select(Device).OfType<SlotDevice>()];

    private static SlotDevice? Device(string[] fields)
    {
        if (fields.Length < 4 || !fields[0].StartsWith("GPU-", StringComparison.Ordinal)) return null;
        long memory = long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out long mebibytes) ? mebibytes << 20 : 0;
        return new(SlotDevice.Cuda, $"{fields[3]} #{fields[1]}", memory, fields[0]);
    }
}
