namespace Distributed.Client.SweepFiles.Sections;

/// <summary>What is compressed.</summary>
internal static class ModelSection
{
    private const string Example = "Add 'model: { zoo: resnet-8 }' or 'model: { onnx: my-model.onnx }'.";

    public static ModelSpec? Read(Section root, SweepFileContext context)
    {
        var node = root.Find("model");
        if (node is null && context.Overrides.Model is null)
        {
            root.Require("model", Example);
            return null;
        }

        var section = node is null ? null : Section.Open(node, "model", Vocabulary.Model, root.Problems);
        if (context.Overrides.Model is { } file) return Overridden(section, file);
        if (section is null) return null;
        string? zoo = section.OneOf("zoo", Vocabulary.Zoo, "a model of the zoo");
        string? onnx = ReferredFile.Read(section, "onnx", context);
        if (section.Find("zoo") is null == section.Find("onnx") is null)
            section.Problems.Add(section.Span, $"'model' has {(section.Find("zoo") is null ? "neither 'zoo' nor" : "both 'zoo' and")} 'onnx'", "Give exactly one of the two.");
        return WithPixels(new() { Zoo = zoo, Onnx = onnx }, section);
    }

    private static ModelSpec Overridden(Section? section, string file)
    {
        ModelSpec spec = new() { Onnx = ReferredFile.Override("--model", file) };
        return section is null ? spec : WithPixels(spec, section);
    }

    private static ModelSpec WithPixels(ModelSpec spec, Section section)
    {
        var mean = Channels(section, "mean", NumberRange.Any);
        var deviation = Channels(section, "std", new(0, double.PositiveInfinity, LowOpen: true, HighOpen: true));
        if (mean.Count != deviation.Count)
            section.Problems.Add(
                (section.Find("std") ?? section.Find("mean"))!.Span,
                $"'model.mean' has {mean.Count} values and 'model.std' {deviation.Count}",
                "Give both, with one value for each colour channel.");
        return spec with { Mean = mean, Deviation = deviation, Keep = Names(section, "keep") };
    }

    private static List<double> Channels(Section section, string key, NumberRange range) =>
        [.. Items(section, key).Select(item => section.NumberOf(item, section.PathOf(key), range) ?? double.NaN)];

    private static List<string> Names(Section section, string key) =>
        [.. Items(section, key).Select(item => section.TextOf(item, section.PathOf(key))).OfType<string>()];

    private static IReadOnlyList<YamlNode> Items(Section section, string key)
    {
        if (section.Find(key) is not { } node) return [];
        if (node is YamlNode.List list) return list.Items;
        section.Problems.Add(node.Span, $"'{section.PathOf(key)}' is {node.Kind}, not a list", "Write a list: [a, b, c].");
        return [];
    }
}
