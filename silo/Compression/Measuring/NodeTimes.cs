using System.Globalization;
using System.Text.Json;
using Distributed.Sweeps;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Distributed.Compression.Measuring;

/// <summary>The time of one node of a running network.</summary>
/// <param name="Name">The runtime's name of it, which holds ours.</param>
/// <param name="Operator">The runtime's operator.</param>
/// <param name="Shape">The shape of its first input, "1,16,32,32"; of a change from blocks to the plain layout that of its output, since blocks are filled up to 8 or 16 channels.</param>
/// <param name="Microseconds">Mean of the middle half of the runs.</param>
internal sealed record NodeTime(string Name, string Operator, string Shape, double Microseconds);

/// <summary>Times every node of a network by ONNX Runtime's own profile.</summary>
internal static class NodeTimes
{
    /// <summary>The runtime's operator that brings a value from blocks of channels into the plain layout.</summary>
    internal const string ToPlainLayout = "ReorderOutput";

    private const int Warmup = 4;
    private const int FewestRuns = 6;
    private const int MostRuns = 60;
    private const double RunsMs = 250;
    private const int MostEvents = 24_000;
    private const string Suffix = "_kernel_time";

    /// <summary>Runs the network a number of times that takes about a quarter of a second.</summary>
    /// <param name="model">The ONNX file; its input's batch is open.</param>
    /// <param name="spec">Batch size and threads.</param>
    /// <param name="nodes">Nodes in the model, to keep the profile small.</param>
    /// <param name="cancellation">Looked at between runs.</param>
    public static IReadOnlyList<NodeTime> Of(byte[] model, LatencySpec spec, int nodes, CancellationToken cancellation)
    {
        string prefix = Path.Combine(Path.GetTempPath(), Invariant($"surface-{Environment.ProcessId}-{Guid.NewGuid():n}"));
        string? profile = null;
        try
        {
            profile = Run(model, spec, nodes, prefix, cancellation);
            return Read(profile);
        }
        finally
        {
            foreach (string left in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(prefix) + "*")) File.Delete(left);
            if (profile is not null) File.Delete(profile);
        }
    }

    private static string Run(byte[] model, LatencySpec spec, int nodes, string prefix, CancellationToken cancellation)
    {
        using var options = OrtModelSession.Options(spec);
        options.EnableProfiling = true;
        options.ProfileOutputPathPrefix = prefix;
        using var session = new InferenceSession(model, options);
        long[] shape = [.. session.InputMetadata[session.InputNames[0]].Dimensions.Select((size, axis) => axis == 0 ? (long)spec.BatchSize : size)];
        using var input = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, shape);
        input.GetTensorMutableDataAsSpan<float>().Fill(0.5f);
        using var run = new RunOptions();
        double once = 0;
        for (int i = 0, runs = Warmup + 1; i < runs; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            using var results = session.Run(run, [session.InputNames[0]], [input], [session.OutputNames[0]]);
            Pulse.Beat();
            if (i == Warmup - 1)
            {
                once = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                runs = Warmup + Math.Clamp((int)Math.Min(RunsMs / once, MostEvents / (double)nodes), FewestRuns, MostRuns);
            }
        }

        return session.EndProfiling();
    }

    private static List<NodeTime> Read(string profile)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(profile));
        var events = document.RootElement.EnumerateArray()
            .Where(item => item.TryGetProperty("cat", out var kind) && kind.ValueEquals("Node") && item.GetProperty("name").GetString()!.EndsWith(Suffix, StringComparison.Ordinal))
            .GroupBy(item => item.GetProperty("name").GetString()!, StringComparer.Ordinal);
        return [.. events.Select(runs => Of(runs.Key[..^Suffix.Length], [.. runs]))];
    }

    private static NodeTime Of(string name, JsonElement[] runs)
    {
        double[] times = [.. runs.Skip(Warmup).Select(run => (double)run.GetProperty("dur").GetInt64()).Order()];
        double middle = times[(times.Length / 4)..(times.Length - (times.Length / 4))].Average();
        var args = runs[0].GetProperty("args");
        string kind = args.GetProperty("op_name").GetString()!;
        return new(name, kind, ShapeOf(args, kind == ToPlainLayout ? "output_type_shape" : "input_type_shape"), middle);
    }

    private static string ShapeOf(JsonElement args, string which)
    {
        if (!args.TryGetProperty(which, out var shapes) || shapes.ValueKind != JsonValueKind.Array || shapes.GetArrayLength() == 0) return "";
        return string.Join(',', shapes[0].EnumerateObject().First().Value.EnumerateArray().Select(size => size.GetInt64().ToString(CultureInfo.InvariantCulture)));
    }
}
