using Distributed.Compression.Data;
using Distributed.Sweeps;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>Stochastic gradient descent with momentum: v ← m·v + ∇L + λ·w, w ← w − η·v. Interrupted and resumed, it gives the same bits.</summary>
/// <remarks>
/// Random streams are named by epoch (order) and step (augmentation), so that nothing random has to be saved. An epoch drops what does
/// not fill a batch.
/// </remarks>
internal sealed class Trainer : IDisposable
{
    private readonly TorchNetwork _net;
    private readonly ImageSet _images;
    private readonly TrainingSpec _spec;
    private readonly BatchFeeder _feeder;
    private readonly (ulong Seed, string Purpose) _stream;
    private readonly List<Tensor> _velocities;
    private readonly List<float> _losses = [];
    private readonly TrainingParts _parts;
    private int[] _order = [];
    private int _orderEpoch = -1;

    /// <param name="net">What is trained; stays the caller's.</param>
    /// <param name="images">What is learnt from.</param>
    /// <param name="normalization">How images become inputs.</param>
    /// <param name="spec">Rates, batch, augmentation; its epochs are given as <paramref name="totalSteps"/>.</param>
    /// <param name="totalSteps">Steps of the schedule.</param>
    /// <param name="seed">The sweep's seed.</param>
    /// <param name="purpose">Names the random streams.</param>
    /// <param name="parts">Loss, schedule and what else takes part; the caller's to dispose. Default: cross-entropy, warm-up and cosine.</param>
    public Trainer(
        TorchNetwork net, ImageSet images, Normalization normalization, TrainingSpec spec, int totalSteps, ulong seed, string purpose, TrainingParts? parts = null)
    {
        _parts = parts ?? new(spec);
        (_net, _images, _spec, TotalSteps, _stream) = (net, images, spec, totalSteps, (seed, purpose));
        _feeder = new(images, normalization, net.Device);
        BatchSize = Math.Min(spec.BatchSize, images.Count);
        _velocities = [.. net.Parameters.Select(parameter => zeros_like(parameter.Value).DetachFromDisposeScope())];
    }

    /// <summary>Images in a step.</summary>
    public int BatchSize { get; }

    /// <summary>Steps in an epoch.</summary>
    public int StepsPerEpoch => StepsIn(_images, _spec);

    /// <summary>Steps done.</summary>
    public int StepsDone { get; private set; }

    /// <summary>Steps of the schedule.</summary>
    public int TotalSteps { get; }

    /// <summary>The loss of each step done, also of those before a resumption.</summary>
    public IReadOnlyList<float> Losses => _losses;

    /// <summary>Steps in an epoch over some images: at least 1.</summary>
    public static int StepsIn(ImageSet images, TrainingSpec spec) => Math.Max(1, images.Count / Math.Min(spec.BatchSize, images.Count));

    /// <summary>One step.</summary>
    /// <returns>The mean loss of its batch, before the update.</returns>
    /// <exception cref="NotFiniteException">It is NaN or infinite; the weights are those of the step before.</exception>
    public float Step()
    {
        using var scope = NewDisposeScope();
        var random = new SeededRandom(_stream.Seed, Invariant($"{_stream.Purpose}/augmentation/{StepsDone}"));
        var (inputs, labels) = _feeder.Batch(NextIndices(), _spec.CropPadding, _spec.Flip, random);
        var batch = _parts.Transforms.Aggregate(new Batch(inputs, labels), (fed, transform) => transform.Apply(fed, random));
        var loss = _parts.Loss.Of(_net.Forward(batch.Inputs, Pass.Learning), batch);
        float value = TrainingDevice.Number(loss);
        if (!float.IsFinite(value)) throw new NotFiniteException(StepsDone, value);
        loss.backward();
        Update();
        StepsDone++;
        _losses.Add(value);
        return value;
    }

    /// <summary>Writes weights, statistics, velocities, losses and the step.</summary>
    public void Save(Stream stream) => TrainerFile.Write(stream, StepsDone, _losses, Tensors());

    /// <summary>Goes on from where <see cref="Save"/> was called on a trainer of the same network, images and schedule.</summary>
    /// <exception cref="InvalidDataException">The file is cut or damaged, or belongs to another network.</exception>
    public void Load(Stream stream)
    {
        (StepsDone, float[] losses) = TrainerFile.Read(stream, Tensors());
        _losses.Clear();
        _losses.AddRange(losses);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var velocity in _velocities) velocity.Dispose();
    }

    private IEnumerable<(string Name, Tensor Value)> Tensors() =>
        _net.Parameters.Select(parameter => (parameter.Name, parameter.Value))
            .Concat(_net.Statistics)
            .Concat(_net.Parameters.Zip(_velocities, (parameter, velocity) => ($"velocity of {parameter.Name}", velocity)));

    private ReadOnlySpan<int> NextIndices()
    {
        int epoch = StepsDone / StepsPerEpoch;
        if (epoch != _orderEpoch)
        {
            _order = [.. Enumerable.Range(0, _images.Count)];
            new SeededRandom(_stream.Seed, Invariant($"{_stream.Purpose}/order/{epoch}")).Shuffle(_order);
            _orderEpoch = epoch;
        }

        return _order.AsSpan(StepsDone % StepsPerEpoch * BatchSize, BatchSize);
    }

    private void Update()
    {
        using var frozen = no_grad();
        double rate = _parts.Schedule.Rate(StepsDone, TotalSteps), decay = _parts.Schedule.WeightDecay(StepsDone, TotalSteps);
        foreach (var regularizer in _parts.Regularizers) regularizer.AddGradient(_net);
        if (double.IsFinite(_parts.LargestGradient)) Shorten(_parts.LargestGradient);
        for (int i = 0; i < _velocities.Count; i++)
        {
            var parameter = _net.Parameters[i];
            if (parameter.Value.grad is not { } gradient) continue;
            if (parameter.Decays) gradient.Add(parameter.Value, decay);
            _velocities[i].Multiply(_spec.Momentum).Add(gradient);
            parameter.Value.Add(_velocities[i], -rate);
            gradient.zero_();
        }

        foreach (var after in _parts.AfterSteps) after.Apply(_net);
    }

    /// <summary>Gradients together no longer than <paramref name="largest"/>.</summary>
    private void Shorten(double largest)
    {
        using var scope = NewDisposeScope();
        Tensor[] gradients = [.. _net.Parameters.Select(parameter => parameter.Value.grad).OfType<Tensor>()];
        if (gradients.Length == 0) return;
        double norm = TrainingDevice.Number(stack([.. gradients.Select(gradient => gradient.norm())]).norm());
        if (norm > largest) foreach (var gradient in gradients) gradient.Multiply(largest / norm);
    }
}
