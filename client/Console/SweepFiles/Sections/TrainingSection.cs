namespace Distributed.Client.SweepFiles.Sections;

/// <summary>How something is trained: "baseline" and "recovery".</summary>
internal static class TrainingSection
{
    public static TrainingSpec Read(Section root, string key, TrainingSpec defaults)
    {
        if (root.Open(key, Vocabulary.Training) is not { } section) return defaults;
        var augmentation = section.Open("augmentation", Vocabulary.Augmentation);
        return new()
        {
            Epochs = section.Number("epochs", Limits.Epochs) ?? defaults.Epochs,
            LearningRate = section.Number("learning-rate", Limits.LearningRate) ?? defaults.LearningRate,
            BatchSize = section.Whole("batch-size", new(1, 65536)) ?? defaults.BatchSize,
            Momentum = section.Number("momentum", new(0, 1, HighOpen: true)) ?? defaults.Momentum,
            WeightDecay = section.Number("weight-decay", Limits.WeightDecay) ?? defaults.WeightDecay,
            Warmup = section.Number("warmup", new(0, 1, HighOpen: true)) ?? defaults.Warmup,
            CropPadding = augmentation?.Whole("crop", new(0, 64)) ?? defaults.CropPadding,
            Flip = augmentation?.Flag("flip") ?? defaults.Flip,
        };
    }
}

/// <summary>Ranges that more than one key has.</summary>
internal static class Limits
{
    public static NumberRange Epochs { get; } = new(0, 10_000);

    public static NumberRange LearningRate { get; } = new(0, 100, LowOpen: true);

    public static NumberRange WeightDecay { get; } = new(0, 1);

    public static NumberRange Positive { get; } = new(0, double.PositiveInfinity, LowOpen: true, HighOpen: true);
}
