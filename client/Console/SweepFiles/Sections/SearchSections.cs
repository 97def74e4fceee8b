namespace Distributed.Client.SweepFiles.Sections;

/// <summary>The sections about how the search goes: sampler, early stopping, latency.</summary>
internal static class SearchSections
{
    public static SamplerSpec Sampler(Section root, SamplerSpec defaults) => root.Open("sampler", Vocabulary.Sampler) is not { } section
        ? defaults
        : new()
        {
            Name = section.OneOf("name", Vocabulary.Samplers, "a sampler") ?? defaults.Name,
            Initial = section.Whole("initial", new(1, 100_000)),
            Horizon = section.Whole("horizon", new(0, 1000)) ?? defaults.Horizon,
        };

    public static EarlyStoppingSpec EarlyStopping(Section root, EarlyStoppingSpec defaults) =>
        root.Open("early-stopping", Vocabulary.EarlyStopping) is not { } section
            ? defaults
            : new()
            {
                Enabled = section.Flag("enabled") ?? defaults.Enabled,
                Rule = section.OneOf("rule", Vocabulary.StoppingRules, "a rule of early stopping") ?? defaults.Rule,
                FirstRung = section.Number("first-rung", new(0, 10_000, LowOpen: true)) ?? defaults.FirstRung,
                Reduction = section.Number("reduction", new(1, 100, LowOpen: true)) ?? defaults.Reduction,
                Grace = section.Whole("grace", new(1, 1000)) ?? defaults.Grace,
                Protection = section.Number("protection", new(0, 100)) ?? defaults.Protection,
            };

    public static LatencySpec Latency(Section root, LatencySpec defaults) => root.Open("latency", Vocabulary.Latency) is not { } section
        ? defaults
        : new()
        {
            BatchSize = section.Whole("batch-size", new(1, 4096)) ?? defaults.BatchSize,
            Threads = section.Whole("threads", new(1, 256)) ?? defaults.Threads,
            Sessions = section.Whole("sessions", new(5, 1000)) ?? defaults.Sessions,
            Warmup = section.Whole("warmup", new(0, 100_000)) ?? defaults.Warmup,
            Runs = section.Whole("runs", new(5, 100_000)) ?? defaults.Runs,
        };
}
