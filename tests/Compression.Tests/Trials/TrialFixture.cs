using Distributed.Compression.Training;
using Distributed.Compression.Trials;
using Distributed.Sweeps;
using Distributed.Testing;

namespace Distributed.Compression.Tests.Trials;

/// <summary>A sweep of ResNet-8 on a few generated images, and its trained baseline.</summary>
public sealed class TrialFixture : IDisposable
{
    private readonly string _cache = Directory.CreateTempSubdirectory("trials-").FullName;
    private readonly Lazy<TrialOutcome.Prepared> _baseline;

    public TrialFixture()
    {
        TorchSharp.torch.set_num_threads(1);
        _baseline = new(() => Assert.IsType<TrialOutcome.Prepared>(Run(Store, Dense(Spec))));
    }

    /// <summary>Six steps an epoch; two epochs for the baseline, one and a half for candidates.</summary>
    public static SweepSpec Spec { get; } = new()
    {
        Name = new("tiny"),
        Seed = 3,
        Model = new() { Zoo = "resnet-8" },
        Dataset = new() { Format = "shapes", Train = 96, Validation = 50, Test = 50 },
        Baseline = new() { Epochs = 2, LearningRate = 0.05, BatchSize = 16, CropPadding = 2, Flip = true },
        Recovery = new() { Epochs = 1.5, LearningRate = 0.02, BatchSize = 16, CropPadding = 2, Flip = true },
        Space = new([
            new Parameter.Real(ParameterNames.Ratio, 0, 0.8),
            new Parameter.Categorical(ParameterNames.Criterion, ["l1", "taylor"]),
            new Parameter.Categorical(ParameterNames.Ranking, ["local", "global"])]),
        EarlyStopping = new() { FirstRung = 0.5, Reduction = 2 },
        Budget = new() { Trials = 3 },
        Latency = new() { Sessions = 1, Warmup = 1, Runs = 3 },
    };

    internal MemoryArtifactStore Store { get; } = new();

    internal TrialOutcome.Prepared Baseline => _baseline.Value;

    internal static TrialAssignment Dense(SweepSpec spec, int epoch = 1) => new() { Spec = spec, Trial = TrialId.Dense, Epoch = epoch };

    /// <summary>A candidate of trial 1.</summary>
    internal TrialAssignment Candidate(int epoch, params (string Name, ParameterValue Value)[] values) => new()
    {
        Spec = Spec,
        Trial = new(1),
        Epoch = epoch,
        Candidate = new(values.Select(value => KeyValuePair.Create(value.Name, value.Value))),
        Profile = Baseline.Profile,
        Dense = Baseline.Artifacts,
    };

    /// <summary>An attempt in a runner of its own, as in a fresh process.</summary>
    internal TrialOutcome? Run(IArtifactStore store, TrialAssignment assignment, RecordingContext? context = null, TrainingDevice? device = null)
    {
        using var quiet = new RecordingContext();
        var heard = context ?? quiet;
        return AttemptBorder.Run(() => Runner(store, device).Run(assignment, heard), heard, unexpected => throw unexpected);
    }

    internal CompressionTrialRunner Runner(IArtifactStore store, TrainingDevice? device = null) => new(store, _cache, device ?? TrainingDevice.Cpu, TimeProvider.System);

    internal byte[] Read(ArtifactRef artifact)
    {
        using var stream = Store.Open(artifact).GetAwaiter().GetResult();
        byte[] content = new byte[artifact.Bytes];
        stream.ReadExactly(content);
        return content;
    }

    internal TrialData Data(SweepSpec spec)
    {
        using var context = new RecordingContext();
        return new TrialWorkshop(Store, _cache, TrainingDevice.Cpu, TimeProvider.System).Data(spec, context);
    }

    public void Dispose() => Directory.Delete(_cache, recursive: true);
}

/// <summary>All that trains shares one baseline and takes turns.</summary>
[CollectionDefinition(nameof(TrialCollection))]
public sealed class TrialCollection : ICollectionFixture<TrialFixture>;
