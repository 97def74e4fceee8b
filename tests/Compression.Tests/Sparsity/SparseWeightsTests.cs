using Distributed.Compression.Graph;
using Distributed.Compression.Importance;
using Distributed.Compression.Sparsity;
using Distributed.Compression.Tests.Graph;
using Distributed.Compression.Tests.Training;
using Distributed.Compression.Training;

namespace Distributed.Compression.Tests.Sparsity;

public sealed class SparseWeightsTests
{
    private readonly Network _network = SmallNets.Perturbed(Models.Small("resnet-8", size: 16));
    private readonly IReadOnlyList<SparseLayer> _layers;

    public SparseWeightsTests() => _layers = SparseLayer.Of(_network);

    [Fact]
    public void Layers_are_the_products_with_stored_weights()
    {
        Assert.Equal(_network.Nodes.Where(node => node.Operator is "Conv" or "Gemm").Select(node => node.Name), _layers.Select(layer => layer.Layer));
        Assert.All(_layers, layer => Assert.Equal(1, layer.InputAxis));
        var matrices = SparseLayer.Of(Models.Small("vit-tiny")).Where(layer => layer.InputAxis == 0);
        Assert.NotEmpty(matrices);
    }

    [Theory]
    [InlineData("l1", "magnitude")]
    [InlineData("taylor", "gradient")]
    [InlineData("fisher", "fisher")]
    [InlineData("wanda", "input")]
    public void The_criterion_says_how_single_weights_are_scored(string criterion, string by)
    {
        var evidence = EvidencePass.Collect(
            _network, null, WeightScores.Needs(criterion), SmallNets.Images(8, 3, 16, 16, 10), Importance.ImportanceFixture.Norm, 2, 4, new(1, "sample"), TrainingDevice.Cpu);
        var layer = _layers[2];
        float[] weights = _network.Floats(layer.Weight).Data;
        float[] scores = WeightScores.Of(layer, criterion, evidence);
        for (int i = 0; i < weights.Length; i += 97)
        {
            double expected = by switch
            {
                "gradient" => Math.Abs(weights[i] * evidence.Gradients![layer.Weight][i]),
                "fisher" => weights[i] * weights[i] * evidence.SquaredGradients![layer.Weight][i],
                "input" => Math.Abs(weights[i]) * evidence.InputNorms![layer.Weight][i],
                _ => Math.Abs(weights[i]),
            };
            Assert.Equal(expected, scores[i], 1e-6);
        }

        Assert.Contains(scores, score => score > 0);
    }

    [Fact]
    public void Overall_takes_more_from_layers_of_small_weights()
    {
        var evidence = new ImportanceEvidence { Network = _network };
        var thinned = SparseWeights.Unstructured(_layers, "l1", evidence, 0.7, overall: true);
        int all = _layers.Sum(layer => SparseWeights.Count(thinned, layer).Weights);
        Assert.Equal(UnstructuredMask.Zeros(all, 0.7), _layers.Sum(layer => SparseWeights.Count(thinned, layer).Zeros));
        double[] parts = [.. _layers.Select(layer => SparseWeights.Count(thinned, layer) is var counts ? counts.Zeros / (double)counts.Weights : 0)];
        Assert.True(parts.Max() - parts.Min() > 0.1);
    }

    [Fact]
    public void Zeros_outlive_training_exactly_and_the_exported_file_holds_them()
    {
        var thinned = SparseWeights.TwoOfFour(_layers, "l1", new() { Network = _network });
        using var net = new TorchNetwork(thinned, TrainingDevice.Cpu);
        using var stay = new ZerosStay(thinned, _layers, TrainingDevice.Cpu);
        using var parts = new TrainingParts(new() { BatchSize = 8, LearningRate = 0.1 });
        parts.AfterSteps.Add(stay);
        using var trainer = new Trainer(net, SmallNets.Images(16, 3, 16, 16, 10), Importance.ImportanceFixture.Norm, new() { BatchSize = 8, LearningRate = 0.1 }, 4, 1, "tests", parts);
        for (int step = 0; step < 4; step++) trainer.Step();
        using var file = new MemoryStream(OnnxWriter.ToBytes(net.ToNetwork()));
        var read = OnnxReader.Read(file, "exported");
        foreach (var layer in _layers)
        {
            var (weights, zeros, mask) = SparseWeights.Count(read, layer);
            Assert.Equal(SparseWeights.Count(thinned, layer), (weights, zeros, mask));
            // The first convolution reads three colours: the pattern does not fit.
            Assert.Equal(layer.Layer == "stem" ? 0 : weights / 2, zeros);
            Assert.NotEqual(_network.Floats(layer.Weight).Data, read.Floats(layer.Weight).Data);
        }
    }

    [Fact]
    public void A_subnormal_weight_counts_as_zero_as_the_file_will_hold_it()
    {
        float[] weights = [.. _network.Floats("stem.weight").Data];
        weights[5] = float.Epsilon;
        var network = _network with { Initializers = _network.Initializers.SetItem("stem.weight", new FloatTensor(_network.Floats("stem.weight").Shape, weights)) };
        Assert.Equal(1, SparseWeights.Count(network, _layers[0]).Zeros);
        using var file = new MemoryStream(OnnxWriter.ToBytes(network));
        Assert.Equal(0f, OnnxReader.Read(file, "exported").Floats("stem.weight").Data[5]);
    }
}
