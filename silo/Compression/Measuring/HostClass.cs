using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.OnnxRuntime;

namespace Distributed.Compression.Measuring;

/// <summary>Hosts on which an operator takes the same time: one processor, one number of cores, one version of ONNX Runtime.</summary>
/// <param name="Description">All three in words.</param>
internal sealed record HostClass(string Description)
{
    /// <summary>This host's.</summary>
    public static HostClass This { get; } = new(Invariant($"{Processor()}, {Environment.ProcessorCount} cores, ONNX Runtime {OrtEnv.Instance().GetVersionString()}"));

    /// <summary>A file name's part.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Description)))[..16];

    /// <summary>The processor's model and its vector instructions, as Linux tells them; elsewhere the architecture and what .NET detects.</summary>
    private static string Processor()
    {
        const string linux = "/proc/cpuinfo";
        if (!File.Exists(linux)) return Invariant($"{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture}, vectors of {System.Numerics.Vector<byte>.Count} bytes");
        string[] wanted = ["model name", "cpu family", "model\t", "stepping", "CPU implementer", "CPU part"];
        var lines = File.ReadLines(linux).TakeWhile(line => line.Length > 0).Where(line => wanted.Any(key => line.StartsWith(key, StringComparison.Ordinal)));
        return string.Join(' ', lines.Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()));
    }
}
