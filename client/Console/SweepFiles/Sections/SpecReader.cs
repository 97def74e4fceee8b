namespace Distributed.Client.SweepFiles.Sections;

/// <summary>The whole file.</summary>
internal static class SpecReader
{
    private const double LargestExactWhole = 9007199254740991;
    private const double LargestWeight = 1000;
    private const double LargestPriority = 100;

    /// <summary>The spec; meaningful only when no problem was noted.</summary>
    public static SweepSpec? Read(Section root, SweepFileContext context)
    {
        SweepSpec defaults = new() { Name = default, Model = new(), Dataset = new() { Format = "" }, Space = new([]), Budget = new() };
        var name = NameSection.Read(root, context);
        var model = ModelSection.Read(root, context);
        var dataset = DatasetSection.Read(root, context);
        var space = SpaceSection.Read(root);
        var budget = BudgetSection.Read(root);
        var hardware = HardwareSection.Read(root);
        HardwareSection.Contradictions(root, hardware?.Spec, space);
        space = HardwareSection.WithPrecision(space, hardware?.Preset);
        var latency = hardware is { } device ? defaults.Latency with { BatchSize = device.Preset.BatchSize } : defaults.Latency;
        var read = defaults with
        {
            Baseline = TrainingSection.Read(root, "baseline", defaults.Baseline),
            Recovery = TrainingSection.Read(root, "recovery", defaults.Recovery),
            Objectives = ObjectivesSection.Read(root) ?? defaults.Objectives,
            Constraints = ConstraintsSection.Read(root),
            WarmStart = WarmStartSection.Read(root, space, name),
            Sampler = SearchSections.Sampler(root, defaults.Sampler),
            EarlyStopping = SearchSections.EarlyStopping(root, defaults.EarlyStopping),
            Latency = SearchSections.Latency(root, latency),
            Hardware = hardware?.Spec,
            Notify = NotifySection.Read(root),
            Seed = Seed(root) ?? defaults.Seed,
            Weight = root.Number("weight", new(0, LargestWeight, LowOpen: true)),
            Priority = root.Whole("priority", new(-LargestPriority, LargestPriority)),
            Device = root.OneOf("device", Vocabulary.Devices, "a device class"),
        };
        return name is null || model is null || dataset is null || space is null || budget is null
            ? null
            : read with { Name = name.Value, Model = model, Dataset = dataset, Space = space, Budget = budget };
    }

    private static ulong? Seed(Section root) =>
        root.Find("seed") is { } node ? (ulong?)root.WholeOf(node, "seed", new(0, LargestExactWhole)) : null;
}
