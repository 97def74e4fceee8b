using Distributed.Sweeps;

namespace Distributed.Compression.Graph;

/// <summary>Whether an import computes what ONNX Runtime computes of the file itself.</summary>
/// <remarks>
/// Where the file is in training mode (BatchNormalization would take the batch's own statistics, Dropout would drop), or ONNX Runtime takes no
/// floats for it, what was read of it stands in for it. Where ONNX Runtime does not run that either, or it gives no finite numbers, there is nothing to compare.
/// </remarks>
internal static class ImportGate
{
    /// <summary>The largest difference that is let through, as a part of the largest output.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>The same for files that round inside (halves, 8 bits): ties may fall the other way.</summary>
    public const double ToleranceOfRounding = 0.1;

    private const int MostImages = 64;
    private const int LeastImages = 2;
    private const int BatchSize = 16;
    private const double LeastOutput = 1e-6;

    /// <summary>About a second of one core.</summary>
    private const long MostMacs = 30_000_000_000;

    /// <summary>How many images are compared: 64, fewer for a large network, whole batches where the file's batch is fixed.</summary>
    /// <param name="read">What was read of the file, not yet normalised.</param>
    /// <param name="imported">What became of it.</param>
    public static int Images(Network read, Network imported)
    {
        long macs = OperatorCosts.Of(imported, ShapeInference.Infer(imported, 1)).Sum(cost => cost.Macs);
        int count = (int)Math.Clamp(MostMacs / Math.Max(macs, 1), LeastImages, MostImages), batch = FixedBatch(read) ?? 1;
        return (count + batch - 1) / batch * batch;
    }

    /// <summary>Compares the first outputs.</summary>
    /// <param name="path">The user's file.</param>
    /// <param name="read">What was read of it, not yet normalised.</param>
    /// <param name="imported">What became of it.</param>
    /// <param name="images">Row-major inputs, as many as <see cref="Images"/> says.</param>
    /// <param name="image">The shape of one.</param>
    /// <exception cref="InvalidInputException">They differ by more than rounding makes; the file and the difference are named.</exception>
    public static void Check(string path, Network read, Network imported, float[] images, int[] image)
    {
        if (Difference(path, read, imported, images, image) is not { } found || found.Largest <= Allowed(read) * found.Output) return;
        throw new InvalidInputException(
            path,
            Invariant($"what was read of it does not compute what ONNX Runtime computes of the file: outputs of up to {found.Output:g3} differ by {found.Largest:g3}"),
            "Export the model again, for inference and with opset 17; if that does not help, report it with what 'model inspect' lists.");
    }

    /// <summary>The largest difference of two outputs and the largest output; null where there is nothing to compare.</summary>
    /// <inheritdoc cref="Check"/>
    public static (double Largest, double Output)? Difference(string path, Network read, Network imported, float[] images, int[] image)
    {
        int size = Tensor.Count(image), batch = FixedBatch(read) ?? BatchSize;
        float[] Run(OnnxEvaluator evaluator)
        {
            using (evaluator) return [.. images.Chunk(batch * size).SelectMany(part => evaluator.Run(part, [part.Length / size, .. image]))];
        }

        var expected = (IsTraining(read) ? null : Tried(() => Run(new(path, optimized: !IsQuantized(read))))) ?? Tried(() => Run(new(OnnxWriter.ToBytes(ForInference(read)))));
        if (expected is null) return null;
        return (Parity.MaxDifference(expected, Run(new(OnnxWriter.ToBytes(imported)))), Math.Max(LeastOutput, expected.Max(Math.Abs)));
    }

    private static float[]? Tried(Func<float[]> run)
    {
        try
        {
            return run() is { Length: > 0 } outputs && Array.TrueForAll(outputs, float.IsFinite) ? outputs : null;
        }
        catch (InvalidInputException)
        {
            return null;
        }
    }

    private static int? FixedBatch(Network read) => read.Inputs[0].Shape is [> 0 and var batch, ..] ? batch : null;

    private static bool IsTraining(Network read) => read.Nodes.Any(node => node.Operator switch
    {
        "BatchNormalization" => node.Attributes.Integer("training_mode", 0) != 0,
        "Dropout" => node.Input(2) is not null,
        _ => false,
    });

    private static Network ForInference(Network read) => BatchNormalizationForm.Apply(read with
    {
        Nodes = [.. read.Nodes.Select(node => node.Operator == "Dropout" ? node with { Inputs = node.Inputs[..1] } : node)],
    });

    private static double Allowed(Network read) => IsQuantized(read) || HoldsHalves(read) ? ToleranceOfRounding : Tolerance;

    /// <summary>Such a file is run as it is written: what ONNX Runtime fuses of it overflows on processors without VNNI.</summary>
    private static bool IsQuantized(Network read) => read.Nodes.Any(node => node.Operator.Contains("Quantize", StringComparison.Ordinal));

    /// <summary>Halves are read as floats; what is left of them in the graph are casts of floats to floats.</summary>
    private static bool HoldsHalves(Network read)
    {
        string[] cast = [.. read.Nodes.Where(node => node.Operator == "Cast" && OnnxTypes.From((int)node.Attributes.Integer("to", 0)) == ElementType.Float).Select(node => node.Inputs[0])];
        if (cast.Length == 0) return false;
        try
        {
            var values = ShapeInference.Values(read, FixedBatch(read) ?? 1);
            return cast.Any(name => values[name].Type == ElementType.Float);
        }
        catch (InvalidInputException)
        {
            // Only what was made of it has shapes that are known: the gate errs on the side of the file.
            return true;
        }
    }
}
