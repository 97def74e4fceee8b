using CsCheck;
using Distributed.Client.SweepFiles;

namespace Distributed.Client.Tests.SweepFiles;

/// <summary>Random specs that a sweep file can say.</summary>
internal static class AnySpec
{
    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<T?> Maybe<T>(this Gen<T> gen) where T : struct => Gen.Select(gen, Gen.Bool, (value, some) => some ? value : (T?)null);

    private static readonly Gen<double> Part = Gen.Int[0, 999].Select(n => n / 1000.0);

    private static readonly Gen<TrainingSpec> Training = Gen.Select(
        Part, Part, Gen.Int[1, 512], Part, Part, Gen.Int[0, 8], Gen.Bool,
        (epochs, rate, batch, warmup, decay, crop, flip) => new TrainingSpec
        {
            Epochs = epochs * 10,
            LearningRate = rate + 0.001,
            BatchSize = batch,
            Momentum = warmup / 2,
            WeightDecay = decay,
            Warmup = warmup,
            CropPadding = crop,
            Flip = flip,
        });

    private static readonly Gen<ModelSpec> Model = Gen.Select(
        OneOf([.. Vocabulary.Zoo, "/some/model.onnx"]), Part.Array[0, 3], OneOf("conv1", "stage 2", "true", "7").Array[0, 2],
        (name, mean, keep) => new ModelSpec
        {
            Zoo = name.StartsWith('/') ? null : name,
            Onnx = name.StartsWith('/') ? name : null,
            Mean = mean,
            Deviation = [.. mean.Select(value => value + 0.5)],
            Keep = keep,
        });

    private static readonly Gen<DatasetSpec> Dataset = Gen.Select(
        OneOf([.. Vocabulary.Formats]), Gen.Int[1, 5000].Maybe(), Gen.Int[1, 900], Gen.Int[1, 900].Maybe(),
        (format, train, validation, test) => new DatasetSpec
        {
            Format = format,
            Path = format == "shapes" ? null : "/some/data",
            Train = train,
            Validation = validation,
            Test = test,
        });

    private static readonly Gen<IReadOnlyList<Objective>> Objectives = Gen.Shuffle<Metric>(Enum.GetValues<Metric>(), 1, 4).SelectMany(
        metrics => Part.Select(n => n + 0.0005).Maybe().Array[metrics.Length].Select(references => (IReadOnlyList<Objective>)
            [.. metrics.Select((metric, i) => new Objective(metric, metric is Metric.Accuracy or Metric.CorruptedAccuracy ? Direction.Maximize : Direction.Minimize, references[i]))]));

    private static readonly Gen<Constraint> Constraint = Gen.Select(
        OneOf(Enum.GetValues<Metric>()), Part, Part, Gen.Int[0, 2],
        (metric, low, more, which) => new Constraint(metric, which == 0 ? null : low + more + 0.001 > 1 ? 1 : low + more + 0.001, which == 1 ? null : low + 0.0001));

    private static readonly Gen<SearchSpace> Space = AnySpace.Valid;

    private static readonly Gen<(SamplerSpec, EarlyStoppingSpec, BudgetSpec, LatencySpec)> Settings = Gen.Select(
        OneOf([.. Vocabulary.Samplers]), Gen.Int[1, 50].Maybe(), Gen.Bool, Part, Gen.Int[1, 90_000].Maybe(), Gen.Int[1, 300].Maybe(), Gen.Int[1, 40],
        (name, initial, enabled, part, seconds, trials, count) => (
            new SamplerSpec { Name = name, Initial = initial, Horizon = count },
            new EarlyStoppingSpec { Enabled = enabled, FirstRung = part + 0.1, Reduction = part + 1.5, Grace = count, Rule = Vocabulary.StoppingRules[count % 3], Protection = part },
            new BudgetSpec { Trials = trials, Time = seconds is { } s ? TimeSpan.FromSeconds(s) : null, Epochs = part + 0.5, Stagnation = count % 2 == 0 ? new((part / 2) + 0.001, count) : null },
            new LatencySpec { BatchSize = count, Threads = count, Sessions = count + 5, Warmup = count, Runs = count + 5 }));

    private static readonly Gen<HardwareSpec?> Hardware = Gen.Select(
        OneOf([.. HardwarePresets.All.Where(preset => preset.Precision is null).Select(preset => preset.Name)]), Gen.Int[1, 64].Maybe(), Part, Gen.Int[0, 2],
        (preset, quantum, weight, form) => form == 0 ? null : new HardwareSpec
        {
            Preset = preset,
            Quantum = quantum,
            Granularity = form == 1 ? Granularity.Uniform : Granularity.PerFamily,
            DepthWeight = form == 1 ? 0 : weight,
        });

    public static Gen<SweepSpec> Valid { get; } = Gen.Select(
        Gen.ULong[0, 1UL << 53].Select(seed => Math.Min(seed, (1UL << 53) - 1)), Model, Dataset, Gen.Select(Training, Training), Gen.Select(Objectives, Constraint.Array[0, 3]), Space, Gen.Select(Settings, Hardware),
        (seed, model, dataset, trainings, goals, space, both) => (seed, model, dataset, trainings, goals, space, settings: both.Item1, hardware: both.Item2))
        .Select((seed, model, dataset, trainings, goals, space, settings, hardware) => new SweepSpec
        {
            WarmStart = AnySpace.WarmStart(space, seed),
            Notify = (seed % 3) switch
            {
                0 => null,
                1 => new() { Url = "http://127.0.0.1:8080/hook?of=sweep", SecretEnv = "DISTRIBUTED_NOTIFY_SECRET" },
                _ => new() { Url = "https://example.org", Events = [NotifyEvent.Knee] },
            },
            Name = new("any-spec"),
            Weight = seed % 3 == 0 ? 0.001 + (seed % 1000) : null,
            Priority = seed % 4 == 0 ? (int)(seed % 201) - 100 : null,
            Device = seed % 5 == 0 ? Vocabulary.Devices[(int)(seed % 2)] : null,
            Seed = seed,
            Model = model,
            Dataset = dataset,
            Baseline = trainings.Item1,
            Recovery = trainings.Item2,
            Objectives = goals.Item1,
            Constraints = goals.Item2,
            Space = space,
            Sampler = settings.Item1,
            EarlyStopping = settings.Item2,
            Budget = settings.Item3,
            Latency = settings.Item4,
            Hardware = UniformGranularity.Against(space) is null ? hardware : hardware is null ? null : hardware with { Granularity = Granularity.PerFamily, DepthWeight = DepthWeighting.Against(space) is null ? hardware.DepthWeight : 0 },
        });
}
