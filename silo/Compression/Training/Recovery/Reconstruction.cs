using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>
/// Least-squares reconstruction of every layer that lost inputs (He, Zhang and Sun 2017, equation 4, layer after layer on the smaller
/// network's own inputs), pulled towards the sliced weights instead of 0.
/// </summary>
/// <remarks>
/// U: columns of the smaller network's input (samples × k); Y: what the layer gave before, of the outputs that are left (samples × n);
/// W₀: the sliced weights (k × n). min ‖Y − U·W‖² + λ‖W − W₀‖² has the solution W = W₀ + (UᵀU + λI)⁻¹·Uᵀ(Y − U·W₀), which on the
/// calibration images is never worse than W₀. λ is a thousandth of the mean of UᵀU's diagonal. Float64.
/// </remarks>
internal static class Reconstruction
{
    private const int BatchSize = 16;
    private const double Ridge = 1e-3;

    /// <summary>The smaller network with fitted weights.</summary>
    /// <param name="before">The network before slicing.</param>
    /// <param name="sliced">After it.</param>
    /// <param name="grouping">Of the network before.</param>
    /// <param name="plan">What was kept.</param>
    /// <param name="images">Where calibration images are taken from.</param>
    /// <param name="normalization">How they become inputs.</param>
    /// <param name="indices">Which of them.</param>
    /// <param name="device">Where it is computed.</param>
    public static Network Run(
        Network before, Network sliced, ModelGrouping grouping, PruningPlan plan, ImageSet images, Normalization normalization, int[] indices, TrainingDevice device)
    {
        using var frozen = no_grad();
        using var whole = new TorchNetwork(before, device);
        bool[] stays = plan.Keeps(grouping);
        var feeder = new BatchFeeder(images, normalization, device);
        int[][] batches = [.. indices.Chunk(BatchSize)];
        foreach (var node in sliced.Nodes)
        {
            if (FittedLayer.Of(node, sliced) is not { } layer || !plan.Initializers.Any(cut => cut.Name == node.Inputs[1] && cut.Axis == layer.InputAxis)) continue;
            using var scope = NewDisposeScope();
            var outputs = grouping.Values[node.Output];
            if (outputs.Axis > 1) continue;
            var kept = device.Of([.. outputs.Units.Index().Where(item => item.Item < 0 || stays[item.Item]).Select(item => (long)item.Index)]);
            using var part = new TorchNetwork(sliced, device);
            var weight = sliced.Floats(node.Inputs[1]);
            var fitted = Fit(layer, weight, device, batches.Length, batch =>
            {
                var (inputs, _) = feeder.Batch(batches[batch]);
                return (part.Value(inputs, node.Inputs[0]), Target(whole.Value(inputs, node.Output), outputs.Axis == 1 ? kept : null, Bias(node, sliced, device)));
            });
            sliced = sliced with { Initializers = sliced.Initializers.SetItem(node.Inputs[1], fitted) };
        }

        return sliced;
    }

    /// <summary>The fitted weight of one layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="weight">Its sliced weight.</param>
    /// <param name="device">Where it is computed, and where samples lie.</param>
    /// <param name="batches">How many batches there are.</param>
    /// <param name="samples">Inputs of a batch, and the outputs wanted of them without the bias.</param>
    public static FloatTensor Fit(FittedLayer layer, FloatTensor weight, TrainingDevice device, int batches, Func<int, (Tensor Input, Tensor Output)> samples)
    {
        var sliced = layer.Matrix(weight, device).to(ScalarType.Float64);
        var gram = device.Zeros([sliced.shape[0], sliced.shape[0]], ScalarType.Float64);
        var cross = zeros_like(sliced);
        for (int batch = 0; batch < batches; batch++)
        {
            using var scope = NewDisposeScope();
            var (input, output) = samples(batch);
            var columns = layer.Columns(input, weight).to(ScalarType.Float64);
            var missing = layer.Rows(output).to(ScalarType.Float64) - columns.mm(sliced);
            gram.Add(columns.t().mm(columns));
            cross.Add(columns.t().mm(missing));
        }

        var ridge = device.Identity(gram.shape[0]) * gram.diagonal().mean().Times(Ridge);
        return layer.Stored(sliced.Plus(linalg.solve(gram.Plus(ridge), cross)).to(ScalarType.Float32), weight);
    }

    private static Tensor Target(Tensor output, Tensor? kept, Tensor? bias)
    {
        var left = kept is null ? output : output.index_select(1, kept);
        return bias is null ? left : left - bias.view([1, -1, .. Enumerable.Repeat(1L, (int)left.Dimensions - 2)]);
    }

    private static Tensor? Bias(Node node, Network network, TrainingDevice device) => node.Input(2) is { } name ? device.Of(network.Floats(name).Data) : null;
}
