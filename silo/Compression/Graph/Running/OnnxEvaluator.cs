using System.Collections.Immutable;
using Distributed.Sweeps;
using Microsoft.ML.OnnxRuntime;

namespace Distributed.Compression.Graph;

/// <summary>Runs a model in ONNX Runtime on the CPU, as a user of the exported file would.</summary>
/// <remarks>Not thread safe. Errors of the native library become <see cref="InvalidInputException"/> with its text, which names the node.</remarks>
internal sealed class OnnxEvaluator : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly string _input;

    /// <param name="model">The ONNX file's bytes.</param>
    /// <param name="threads">Threads of one operator; they never spin.</param>
    /// <param name="optimized">Whether ONNX Runtime may fuse operators, as it does by default.</param>
    public OnnxEvaluator(byte[] model, int threads = 1, bool optimized = true)
        : this(options => new(model, options), threads, optimized)
    {
    }

    /// <param name="path">The ONNX file; weights in other files are found beside it.</param>
    /// <param name="optimized">Whether ONNX Runtime may fuse operators, as it does by default.</param>
    public OnnxEvaluator(string path, bool optimized = true)
        : this(options => new(path, options), threads: 1, optimized)
    {
    }

    private OnnxEvaluator(Func<SessionOptions, InferenceSession> open, int threads, bool optimized)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            GraphOptimizationLevel = optimized ? GraphOptimizationLevel.ORT_ENABLE_ALL : GraphOptimizationLevel.ORT_DISABLE_ALL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = Guarded(() => open(options));
        _input = _session.InputNames.Count > 0 ? _session.InputNames[0] : "";
        Outputs = [.. _session.OutputNames];
        FixedBatch = _input.Length > 0 && _session.InputMetadata[_input].Dimensions is [> 0 and var batch, ..] ? batch : null;
    }

    /// <summary>The outputs' names in the file's order.</summary>
    public ImmutableArray<string> Outputs { get; }

    /// <summary>The first dimension of the first input, where the file fixes it; null where any batch may come.</summary>
    public int? FixedBatch { get; }

    /// <summary>The first output for one batch.</summary>
    /// <param name="input">Row-major elements; read in place, not copied.</param>
    /// <param name="shape">Their shape, the batch first.</param>
    public float[] Run(float[] input, int[] shape) => Run(input, shape, [Outputs[0]])[0].Data;

    /// <summary>The named outputs for one batch; those that hold no floats come with their shape and no data.</summary>
    public ImmutableArray<RunOutput> Run(float[] input, int[] shape, IReadOnlyCollection<string> outputs) => Guarded(() =>
    {
        using var value = OrtValue.CreateTensorValueFromMemory(input, [.. shape.Select(size => (long)size)]);
        using var results = _session.Run(_run, [_input], [value], outputs);
        return results.Select(Read).ToImmutableArray();
    });

    /// <summary>All outputs, in the file's order, whatever the number and element types of the inputs.</summary>
    /// <param name="inputs">Values by input name.</param>
    public ImmutableArray<Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs) => Guarded(() =>
    {
        OrtValue[] values = [.. _session.InputNames.Select(name => OrtTensors.Of(inputs[name]))];
        try
        {
            using var results = _session.Run(_run, _session.InputNames, values, _session.OutputNames);
            return results.Select(OrtTensors.From).ToImmutableArray();
        }
        finally
        {
            foreach (var value in values) value.Dispose();
        }
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private static RunOutput Read(OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        ImmutableArray<int> shape = [.. info.Shape.Select(size => checked((int)size))];
        return new(shape, info.ElementDataType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float ? value.GetTensorDataAsSpan<float>().ToArray() : []);
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

/// <summary>One output of a run.</summary>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Data">Row-major floats; empty where the output holds something else.</param>
internal sealed record RunOutput(ImmutableArray<int> Shape, float[] Data);
