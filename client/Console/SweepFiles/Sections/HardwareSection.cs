namespace Distributed.Client.SweepFiles.Sections;

/// <summary>What the target device likes: the name of a preset, or a mapping that overrides some of its values.</summary>
internal static class HardwareSection
{
    private const string Detected = "detected";

    /// <summary>The spec, and the preset with its batch size and precision; null where the file says nothing.</summary>
    public static (HardwareSpec Spec, HardwarePreset Preset)? Read(Section root)
    {
        if (root.Find("hardware") is not { } node) return null;
        if (node is YamlNode.Text) return root.OneOf("hardware", Vocabulary.Presets, "a kind of hardware") is { } name ? Of(HardwarePresets.Find(name)!) : null;
        if (root.Open("hardware", Vocabulary.Hardware) is not { } section) return null;
        var preset = HardwarePresets.Find(section.OneOf("preset", Vocabulary.Presets, "a kind of hardware") ?? HardwarePresets.ServerCpu)!;
        var spec = preset.Hardware with
        {
            Granularity = section.OneOf("granularity", Vocabulary.Granularities, "a granularity") is { } granularity
                ? Vocabulary.Named<Granularity>(granularity)
                : preset.Hardware.Granularity,
            Quantum = IsDetected(section) ? null : section.Whole("quantum", new(1, 1024)) ?? preset.Hardware.Quantum,
            DepthWeight = section.Number("depth-weight", new(0, 1, HighOpen: true)) ?? preset.Hardware.DepthWeight,
        };
        if (spec is { Granularity: Granularity.Uniform, DepthWeight: > 0 })
            section.Problems.Add(section.Span, "'hardware' weighs depths, but its granularity is uniform", "Write 'depth-weight: 0', or 'granularity: per-family'.");
        return (spec, preset with
        {
            BatchSize = BatchSize(root, section) ?? preset.BatchSize,
            Precision = section.OneOf("precision", CandidateParameter.Find(ParameterNames.Precision)!.Choices, "a precision") ?? preset.Precision,
            WeightBits = section.Number("weight-bits", CandidateParameter.Find(ParameterNames.WeightBits)!.Range!.Value) ?? preset.WeightBits,
        });
    }

    /// <summary>Notes where the space asks for what the device rules out.</summary>
    public static void Contradictions(Section root, HardwareSpec? hardware, SearchSpace? space)
    {
        if (hardware?.Granularity == Granularity.Uniform && space is not null && UniformGranularity.Against(space) is { } found)
            root.Problems.Add(root.Find("hardware")!.Span, $"'hardware' keeps one part of all families, but {found}", UniformGranularity.Remedy);
        if (hardware?.DepthWeight > 0 && space is not null && DepthWeighting.Against(space) is { } own)
            root.Problems.Add(root.Find("hardware")!.Span, $"'hardware' weighs depths, but {own}", DepthWeighting.Remedy);
        foreach (var (name, what) in ((string, string)[])[(ParameterNames.Precision, "precision stands"), (ParameterNames.WeightBits, "weights' bits stand")])
        {
            if (root.Find("hardware") is YamlNode.Map map && map.Entries.FirstOrDefault(entry => entry.Key.Value == name) is { } given && Holds(space, name))
                root.Problems.Add(given.Key.Span, $"the {what} in 'hardware' and in 'space'", "Keep one of the two.");
        }
    }

    /// <summary>The space with the device's precision, and the bits of its weights, fixed where it does not hold one.</summary>
    public static SearchSpace? WithPrecision(SearchSpace? space, HardwarePreset? preset)
    {
        if (space is null || preset is null) return space;
        List<Parameter> fixedOnes = [];
        if (preset.Precision is { } precision && !Holds(space, ParameterNames.Precision)) fixedOnes.Add(new Parameter.Fixed(ParameterNames.Precision, precision));
        if (preset.WeightBits is { } bits and < 8 && !Holds(space, ParameterNames.WeightBits)) fixedOnes.Add(new Parameter.Fixed(ParameterNames.WeightBits, bits));
        return fixedOnes.Count == 0 ? space : space with { Parameters = [.. space.Parameters, .. fixedOnes] };
    }

    private static bool Holds(SearchSpace? space, string name) => space?.Parameters.Any(parameter => parameter.Name == name) == true;

    private static (HardwareSpec, HardwarePreset) Of(HardwarePreset preset) => (preset.Hardware, preset);

    /// <summary>Takes back a preset's quantum: what the timings show counts.</summary>
    private static bool IsDetected(Section section) => section.Find("quantum") is YamlNode.Text { Value: Detected };

    private static int? BatchSize(Section root, Section section)
    {
        int? given = section.Whole("batch-size", new(1, 4096));
        if (given is not null && root.Find("latency") is YamlNode.Map latency && latency.Entries.FirstOrDefault(entry => entry.Key.Value == "batch-size") is { } other)
            section.Problems.Add(other.Key.Span, "the batch size stands in 'hardware' and in 'latency'", "Keep one of the two.");
        return given;
    }
}
