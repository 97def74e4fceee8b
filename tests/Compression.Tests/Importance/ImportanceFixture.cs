using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Importance;
using Distributed.Compression.Tests.Training;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Importance;

/// <summary>A small network with everything that evidence has to find its way through, its images, and ONNX Runtime as the oracle.</summary>
internal sealed class ImportanceFixture : IDisposable
{
    private const int Size = 8;
    private readonly Dictionary<string, OnnxEvaluator> _evaluators = [];

    public ImportanceFixture()
    {
        var net = new NetworkBuilder("judged", seed: 21);
        string stem = net.ConvBnRelu("stem", net.Input(3, Size, Size), 6, kernel: 3, pad: 1);
        string deep = net.Relu("deep.relu", net.BatchNormalization("deep.bn", net.Conv("deep", stem, 6, kernel: 3, pad: 1, group: 6)));
        string wide = net.Relu("wide.relu", net.Conv("wide", deep, 8, kernel: 3, stride: 2, pad: 1, group: 2, bias: true));
        string dense = net.Dense("dense", net.Flatten("flat", net.MaxPool("pool", wide, 2)), 7, relu: true);
        Network = Pruning.RandomNetworks.Shaken(net.Build(net.Dense("head", dense, Classes)), seed: 22);
        Grouping = ChannelGroups.Of(Network);
        Images = SmallNets.Images(Count, 3, Size, Size, Classes);
    }

    public const int Count = 24;
    public const int Classes = 4;

    public static Normalization Norm { get; } = new([0.5f, 0.4f, 0.3f], [0.25f, 0.3f, 0.35f]);

    public Network Network { get; }

    public ModelGrouping Grouping { get; }

    public ImageSet Images { get; }

    /// <summary>Everything that any criterion needs, of all images.</summary>
    public ImportanceEvidence Evidence(EvidenceKinds kinds, int batchSize = 5) => EvidencePass.Collect(
        Network, Grouping, kinds, Images, Norm, (Count + batchSize - 1) / batchSize, batchSize, new SeededRandom(1, "sample"), TrainingDevice.Cpu) with
    { Seed = 3 };

    public Family Family(string name) => Grouping.Families.Single(family => family.Name == name);

    public double[] Score(string criterion, string family, int batchSize = 5)
    {
        var judge = Criteria.Named(criterion);
        return judge.Score(Family(family), Evidence(judge.Needs, batchSize));
    }

    /// <summary>A value of the network for every image, from ONNX Runtime.</summary>
    public float[] Value(string name)
    {
        if (!_evaluators.TryGetValue(name, out var evaluator))
        {
            var shape = ShapeInference.Infer(Network, 1)[name];
            var tapped = Network with { Outputs = [new(name, ElementType.Float, [-1, .. shape[1..]])] };
            _evaluators[name] = evaluator = new(OnnxWriter.ToBytes(tapped), optimized: false);
        }

        return evaluator.Run(Inputs(), [Count, 3, Size, Size]);
    }

    /// <summary>The cross-entropy of every image in ONNX Runtime, with some weights in other places' stead.</summary>
    public double[] Losses(params (string Name, Func<int, float, float> Change)[] changes)
    {
        var changed = Network with
        {
            Initializers = Network.Initializers.SetItems(changes.Select(change => KeyValuePair.Create<string, Tensor>(
                change.Name, new FloatTensor(Network.Floats(change.Name).Shape, [.. Network.Floats(change.Name).Data.Select((value, i) => change.Change(i, value))])))),
        };
        using var evaluator = new OnnxEvaluator(OnnxWriter.ToBytes(changed), optimized: false);
        float[] logits = evaluator.Run(Inputs(), [Count, 3, Size, Size]);
        return [.. logits.Chunk(Classes).Zip(Images.Labels, Loss)];
    }

    public void Dispose()
    {
        foreach (var evaluator in _evaluators.Values) evaluator.Dispose();
    }

    private static double Loss(float[] logits, int label) => Math.Log(logits.Sum(logit => Math.Exp(logit - logits.Max()))) + logits.Max() - logits[label];

    private float[] Inputs()
    {
        float[] inputs = new float[Images.Pixels.Length];
        int each = inputs.Length / Count;
        for (int image = 0; image < Count; image++) Norm.Apply(Images.Pixels.AsSpan(image * each, each), inputs.AsSpan(image * each, each));
        return inputs;
    }
}
