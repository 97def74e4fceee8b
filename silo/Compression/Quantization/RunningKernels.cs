using Distributed.Compression.Graph.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Distributed.Compression.Quantization;

/// <summary>What ONNX Runtime makes of a file: the operators that really run, after its optimisations for this host.</summary>
internal static class RunningKernels
{
    /// <summary>How many nodes of each operator run.</summary>
    public static IReadOnlyDictionary<string, int> Count(byte[] model)
    {
        string path = Path.Combine(Path.GetTempPath(), Invariant($"kernels-{Environment.ProcessId}-{Guid.NewGuid():n}.onnx"));
        try
        {
            using var options = new SessionOptions { OptimizedModelFilePath = path, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = 1 };
            using (new InferenceSession(model, options))
            {
            }

            return ModelProto.Parser.ParseFrom(File.ReadAllBytes(path)).Graph.Node
                .GroupBy(node => node.OpType, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
