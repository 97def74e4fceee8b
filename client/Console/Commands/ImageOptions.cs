using System.CommandLine;
using System.Globalization;
using Distributed.Client.Reports;
using Distributed.Client.SweepFiles;

namespace Distributed.Client.Commands;

/// <summary>The images of a single ONNX file: which they are, how they become inputs, how they are split. What is not given, lineage.json beside the model tells.</summary>
internal sealed class ImageOptions
{
    private const string Otherwise = "Default: what lineage.json beside the model says";
    private readonly Option<string?> _format = new("--format") { Description = $"The dataset's format: {string.Join(", ", Vocabulary.Formats)}. {Otherwise}, else image-folder." };
    private readonly Option<string?> _data = new("--data") { HelpName = "PATH", Description = $"The dataset's folder or archive; none for a generated one. {Otherwise}." };
    private readonly Option<double[]> _mean = PerChannel("--mean", $"Mean of the pixels in [0, 1]: one, or one per channel, as 0.485,0.456,0.406. {Otherwise}, else 0.");
    private readonly Option<double[]> _deviation = PerChannel("--std", $"Standard deviation of the pixels in [0, 1], likewise. {Otherwise}, else 1.");
    private readonly Option<int?> _validation = new("--validation") { Description = $"Validation images, cut from the training images. {Otherwise}, else 1000." };
    private readonly Option<ulong?> _seed = new("--seed") { Description = $"Cuts the validation split. {Otherwise}, else 1." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _format.AcceptOnlyFromAmong([.. Vocabulary.Formats]);
        foreach (var option in (Option[])[_format, _data, _mean, _deviation, _validation, _seed]) command.Options.Add(option);
    }

    /// <summary>What was asked for, and what lineage.json beside the model says of the rest.</summary>
    public EvaluationSpec Of(ParseResult parsed, LineageFile? known, string workingDirectory)
    {
        var dataset = known?.Spec.Dataset ?? new() { Format = "image-folder" };
        if (parsed.GetValue(_format) is { } kind && kind != dataset.Format) dataset = new() { Format = kind };
        return new()
        {
            Dataset = dataset with
            {
                Path = parsed.GetValue(_data) is { } path ? Path.GetFullPath(path, workingDirectory) : dataset.Path,
                Validation = parsed.GetValue(_validation) ?? dataset.Validation,
            },
            Mean = parsed.GetValue(_mean) is { Length: > 0 } means ? means : known?.Input.Mean ?? [],
            Deviation = parsed.GetValue(_deviation) is { Length: > 0 } deviations ? deviations : known?.Input.Deviation ?? [],
            Seed = parsed.GetValue(_seed) ?? known?.Spec.Seed ?? 1,
        };
    }

    /// <summary>Numbers with commas or spaces between them.</summary>
    private static Option<double[]> PerChannel(string name, string description) => new(name)
    {
        HelpName = "A,B,C",
        Description = description,
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result =>
        {
            List<double> values = [];
            foreach (string text in result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
            {
                if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)) values.Add(value);
                else result.AddError($"{name}: '{text}' is not a number. Give one for all channels, or one for each: 0.485,0.456,0.406.");
            }

            return [.. values];
        },
    };
}
