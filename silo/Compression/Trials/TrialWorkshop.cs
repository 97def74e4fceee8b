using System.Security.Cryptography;
using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Measuring;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>What the attempts of one executor share: the store, the data of the last sweep, the last dense network.</summary>
internal sealed class TrialWorkshop(IArtifactStore store, string cache, TrainingDevice device, TimeProvider time, Func<StoredFile, CancellationToken, string>? locate = null)
{
    private (string Key, TrialData Data)? _data;
    private readonly LatencyMeter _meter = new();
    private (string Sha256, Network Network)? _network;

    /// <summary>Where files lie.</summary>
    public IArtifactStore Store => store;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>A sweep's images; kept until another sweep asks for its own.</summary>
    public TrialData Data(SweepSpec spec, ITrialContext context)
    {
        string key = Invariant($"{spec.Seed} {SweepJson.Write(spec.Dataset)} {SweepJson.Write(spec.Model)}");
        if (_data?.Key == key) return _data.Value.Data;
        var splits = DatasetSplits.Load(spec.Dataset with { Path = Located(spec.Dataset.Path, context) }, spec.Seed, cache, context.Cancelled);
        _data = (key, TrialData.Of(splits, Normalization.For(spec.Model, splits.Train), device));
        return _data.Value.Data;
    }

    /// <summary>A sweep's dense network.</summary>
    public Network Source(SweepSpec spec, TrialData data, ITrialContext context) =>
        ModelSource.Load(spec with { Model = spec.Model with { Onnx = Located(spec.Model.Onnx, context) } }, data);

    /// <summary>The network in an artifact of ours; the last one is kept.</summary>
    public Network Network(ArtifactRef artifact)
    {
        if (_network?.Sha256 == artifact.Sha256) return _network.Value.Network;
        using var stream = store.Open(artifact).GetAwaiter().GetResult();
        _network = (artifact.Sha256, OnnxReader.Read(stream, artifact.Name.Value));
        return _network.Value.Network;
    }

    /// <summary>A network that we wrote.</summary>
    public static Network Parse(byte[] model)
    {
        using var stream = new MemoryStream(model, writable: false);
        return OnnxReader.Read(stream, "checkpoint");
    }

    private string? Located(string? path, ITrialContext context) =>
        StoredFile.Is(path) && locate is not null ? locate(StoredFile.Parse(path!), context.Cancelled) : path;

    /// <summary>The latency of a candidate's file beside the dense one, alone on the host.</summary>
    public LatencyMeasurement Measure(byte[] model, byte[] dense, LatencySpec spec, ITrialContext context)
    {
        context.Report(new() { Phase = TrialPhase.Measuring });
        using var span = context.Begin("measure");
        using var alone = context.MeasureAlone();
        return _meter.Measure(model, dense, spec, context.Cancelled);
    }

    /// <summary>The latency of the dense file, alone on the host.</summary>
    public LatencyMeasurement MeasureDense(byte[] dense, LatencySpec spec, ITrialContext context)
    {
        context.Report(new() { Phase = TrialPhase.Measuring });
        using var span = context.Begin("measure");
        using var alone = context.MeasureAlone();
        return _meter.MeasureDense(dense, spec, context.Cancelled);
    }

    /// <summary>What predicts the cost of every candidate of a sweep.</summary>
    public ModelProfile Profile(Network network, byte[] model, SweepSpec spec, TrialData data, double denseMs, ITrialContext context)
    {
        context.Report(new() { Phase = TrialPhase.Profiling });
        using var span = context.Begin("profile");
        var times = new SurfaceStore(cache, HostClass.This);
        var timer = new SurfaceTimer(times, spec.Latency);
        double kept = times.Dense(Convert.ToHexStringLower(SHA256.HashData(model)), spec.Latency, denseMs);
        var profile = DenseProfile.Of(network, model.Length, kept, Time, narrowest => Ratio(OnnxWriter.ToBytes(narrowest)));
        if (DenseProfile.Values(spec, ParameterNames.Precision).Contains(Precisions.Int8))
            profile = DenseProfile.WithInt8(profile, network, Time, Ratio, only: IsFastInt8(spec));
        return DenseProfile.Keeping(HardwareProfile.Apply(profile, spec.Hardware), GroupingUnion.Of(network), spec.Model.Keep) with
        {
            Scores = DenseProfile.Scores(network, spec, data),
            Branches = DenseBranches.Of(network, spec, data, context),
            Int8FixedBytes = DenseProfile.Int8FixedBytes(network, profile, spec),
        };

        // Whoever asks for few bytes, or says which widths the device likes, is not to lose widths because this host's kernels are slow at them.
        static bool IsFastInt8(SweepSpec spec) =>
            spec.Space.Parameters.Single(parameter => parameter.Name == ParameterNames.Precision) is Parameter.Fixed { When: null } one && one.Value == (ParameterValue)Precisions.Int8
            && spec.Hardware?.Quantum is null
            && spec.Objectives.Select(objective => objective.Metric).Any(metric => metric is Metric.LatencyRatio or Metric.LatencyMs);

        IReadOnlyList<LatencySurface> Time(IReadOnlyList<SurfaceRequest> requests)
        {
            using var alone = context.MeasureAlone();
            return timer.Time(requests, (done, all) => context.Report(new() { Phase = TrialPhase.Profiling, Epoch = done, Epochs = all }), context.Cancelled);
        }

        double Ratio(byte[] file) =>
            times.Calibration(Convert.ToHexStringLower(SHA256.HashData([.. model, .. file])), spec.Latency, () => Measure(file, model, spec.Latency, context).Ratio);
    }
}
