using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Training;
using Distributed.Sweeps;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Importance;

/// <summary>One pass over a sample of images that collects what criteria ask for, and nothing else.</summary>
/// <remarks>
/// BatchNormalization uses its running statistics, so that images do not see each other, and everything is a mean over images: how they are split
/// into batches changes nothing but rounding. Squared gradients are those of single images; where they are asked for, a batch is one image.
/// </remarks>
internal sealed class EvidencePass : IDisposable
{
    private const EvidenceKinds Slopes = EvidenceKinds.Gradients | EvidenceKinds.SquaredGradients | EvidenceKinds.ActivationGradients;
    private readonly Network _network;
    private readonly EvidenceKinds _kinds;
    private readonly ModelGrouping? _grouping;
    private readonly TorchNetwork _net;
    private readonly Dictionary<string, SiteTally> _sites = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Value, int Axis), InputTally> _inputs = [];
    private readonly ILookup<string, InputTally> _inputsOf;
    private readonly Tensor[] _gradients = [];
    private readonly Tensor[] _squares = [];
    private int _images;

    private EvidencePass(Network network, ModelGrouping? grouping, EvidenceKinds kinds, TrainingDevice device)
    {
        (_network, _kinds, _net) = (network, kinds, new(network, device));
        if (Asked(EvidenceKinds.Activations | EvidenceKinds.ActivationGradients))
        {
            _grouping = grouping ?? throw new ArgumentNullException(nameof(grouping), "Activations are those of units; say whose.");
            foreach (var site in ActivationSite.Of(network, _grouping)) _sites[site.Value] = new(site, Asked(EvidenceKinds.ActivationGradients), device);
        }

        if (Asked(EvidenceKinds.InputNorms))
        {
            foreach (var (_, value, axis) in WeightInputs.Of(network)) _inputs.TryAdd((value, axis), new(axis));
        }

        _inputsOf = _inputs.ToLookup(pair => pair.Key.Value, pair => pair.Value);
        if (Asked(EvidenceKinds.Gradients)) _gradients = Zeros();
        if (Asked(EvidenceKinds.SquaredGradients)) _squares = Zeros();
    }

    /// <summary>Collects evidence.</summary>
    /// <param name="network">The network to be judged.</param>
    /// <param name="grouping">The network's channels, as they will be pruned: whose activations are watched. Null where none are asked for.</param>
    /// <param name="kinds">What is asked for.</param>
    /// <param name="images">Where the sample is drawn from.</param>
    /// <param name="normalization">How images become inputs.</param>
    /// <param name="batches">Batches; fewer when there are not enough images.</param>
    /// <param name="batchSize">Images in a batch.</param>
    /// <param name="random">Draws the sample.</param>
    /// <param name="device">Where it is computed.</param>
    public static ImportanceEvidence Collect(
        Network network,
        ModelGrouping? grouping,
        EvidenceKinds kinds,
        ImageSet images,
        Normalization normalization,
        int batches,
        int batchSize,
        SeededRandom random,
        TrainingDevice device)
    {
        if (kinds == EvidenceKinds.None) return new() { Network = network };
        int[] order = [.. Enumerable.Range(0, images.Count)];
        random.Shuffle(order);
        int[] sample = order[..Math.Min(images.Count, batches * batchSize)];
        using var pass = new EvidencePass(network, grouping, kinds, device);
        using var mode = (kinds & Slopes) == EvidenceKinds.None ? no_grad() : null;
        var feeder = new BatchFeeder(images, normalization, device);
        foreach (int[] batch in sample.Chunk(kinds.HasFlag(EvidenceKinds.SquaredGradients) ? 1 : batchSize)) pass.Show(feeder, batch);
        return pass.Evidence();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var sum in _gradients.Concat(_squares)) sum.Dispose();
        _net.Dispose();
    }

    private bool Asked(EvidenceKinds kinds) => (_kinds & kinds) != EvidenceKinds.None;

    private Tensor[] Zeros() => [.. _net.Parameters.Select(parameter => zeros_like(parameter.Value).DetachFromDisposeScope())];

    private void Show(BatchFeeder feeder, int[] batch)
    {
        using var scope = NewDisposeScope();
        var (inputs, labels) = feeder.Batch(batch);
        var logits = _net.Forward(inputs, Pass.Evaluating, See);
        _images += batch.Length;
        if (!Asked(Slopes)) return;
        nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.Sum).backward();
        foreach (var site in _sites.Values) site.TakeSlopes();
        using var frozen = no_grad();
        for (int i = 0; i < _net.Parameters.Count; i++)
        {
            if (_net.Parameters[i].Value.grad is not { } gradient) continue;
            if (_gradients.Length > 0) _gradients[i].Add(gradient);
            if (_squares.Length > 0) _squares[i].addcmul_(gradient, gradient, TensorArithmetic.One);
            gradient.zero_();
        }
    }

    private Tensor See(string name, Tensor value)
    {
        foreach (var input in _inputsOf[name]) input.See(value);
        return _sites.TryGetValue(name, out var site) ? site.See(value) : value;
    }

    private ImportanceEvidence Evidence() => new()
    {
        Network = _network,
        Gradients = Asked(EvidenceKinds.Gradients) ? Means(_gradients) : null,
        SquaredGradients = Asked(EvidenceKinds.SquaredGradients) ? Means(_squares) : null,
        InputNorms = Asked(EvidenceKinds.InputNorms) ? InputNorms() : null,
        Activations = _grouping is null ? null : Activations(_grouping),
    };

    private Dictionary<string, float[]> Means(Tensor[] sums) => _net.Parameters.Zip(sums).ToDictionary(
        pair => pair.First.Name, pair => Array.ConvertAll(TrainingDevice.Floats(pair.Second), sum => sum / _images), StringComparer.Ordinal);

    /// <summary>A weight that several nodes share gets the mean of their squares.</summary>
    private Dictionary<string, float[]> InputNorms() => WeightInputs.Of(_network)
        .GroupBy(use => use.Node.Inputs[1], StringComparer.Ordinal)
        .ToDictionary(
            uses => uses.Key,
            uses =>
            {
                float[][] squares = [.. uses.Select(use => WeightInputs.Spread(use.Node, _network.Floats(uses.Key), _inputs[(use.Value, use.Axis)].MeanSquares()))];
                return Enumerable.Range(0, squares[0].Length).Select(i => MathF.Sqrt(squares.Average(use => use[i]))).ToArray();
            },
            StringComparer.Ordinal);

    private Dictionary<string, IReadOnlyList<SiteActivations>> Activations(ModelGrouping grouping) => grouping.Families.Index().ToDictionary(
        family => family.Item.Name,
        family => (IReadOnlyList<SiteActivations>)[.. _sites.Values.Select(site => site.Of(grouping.FirstUnits[family.Index], family.Item.Width)).OfType<SiteActivations>()],
        StringComparer.Ordinal);
}
