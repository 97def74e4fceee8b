using System.Diagnostics;
using Distributed.Sweeps;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Distributed.Compression.Measuring;

/// <summary>A model in ONNX Runtime on the CPU: operators in sequence, threads that never spin, subnormal numbers as zero.</summary>
/// <remarks>Input and output stay bound to the session, so that a run is one native call and the garbage collector has nothing to do.</remarks>
internal sealed class OrtModelSession : IModelSession
{
    private const string Remedy = "Give a classifier with one float input N×C×H×W of which only the batch is open.";
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _run = new();
    private readonly OrtValue _input;

    private OrtModelSession(InferenceSession session, int batchSize)
    {
        _session = session;
        (string name, long[] shape) = InputOf(session, batchSize);
        _input = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, shape);
        var random = new SeededRandom(0, "latency/input");
        foreach (ref float element in _input.GetTensorMutableDataAsSpan<float>()) element = (float)random.NextNormal();
        _binding = session.CreateIoBinding();
        _binding.BindInput(name, _input);
        foreach (string output in session.OutputNames) _binding.BindOutputToDevice(output, OrtMemoryInfo.DefaultInstance);
    }

    /// <summary>Loads a model.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="spec">Its batch size and threads count here.</param>
    /// <exception cref="InvalidInputException">ONNX Runtime refuses it, or it has another kind of input.</exception>
    public static OrtModelSession Open(byte[] model, LatencySpec spec) => Guarded(() =>
    {
        using var options = Options(spec);
        return new OrtModelSession(new(model, options), spec.BatchSize);
    });

    /// <summary>How every measured session is set up.</summary>
    public static SessionOptions Options(LatencySpec spec)
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = spec.Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddSessionConfigEntry("session.set_denormal_as_zero", "1");
        return options;
    }

    /// <inheritdoc/>
    public double Run() => Guarded(() =>
    {
        long start = Stopwatch.GetTimestamp();
        _session.RunWithBinding(_run, _binding);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding.Dispose();
        _input.Dispose();
        _run.Dispose();
        _session.Dispose();
    }

    private static (string Name, long[] Shape) InputOf(InferenceSession session, int batchSize)
    {
        if (session.InputNames.Count != 1) throw new InvalidInputException("model", $"it has {session.InputNames.Count} inputs", Remedy);
        string name = session.InputNames[0];
        var metadata = session.InputMetadata[name];
        if (metadata.ElementDataType != TensorElementType.Float) throw new InvalidInputException($"model input '{name}'", $"it holds {metadata.ElementDataType}", Remedy);
        long[] shape = [.. metadata.Dimensions.Select(size => (long)size)];
        if (shape.Length == 0 || shape[1..].Any(size => size <= 0)) throw new InvalidInputException($"model input '{name}'", $"its shape is [{string.Join(", ", shape)}]", Remedy);
        if (shape[0] > 0 && shape[0] != batchSize)
            throw new InvalidInputException($"model input '{name}'", $"its batch is fixed at {shape[0]}, but latency is asked for at {batchSize}", $"Ask for batches of {shape[0]} (batch-size under latency in the sweep file, --batch-size), or export the model with an open batch.");
        shape[0] = batchSize;
        return (name, shape);
    }

    private static T Guarded<T>(Func<T> call)
    {
        try
        {
            var result = call();
            Pulse.Beat();
            return result;
        }
        catch (OnnxRuntimeException error)
        {
            throw new InvalidInputException("ONNX Runtime", error.Message.TrimEnd('.'), "Export the model again, or report the operator it names.", error);
        }
    }
}
