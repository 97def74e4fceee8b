using System.CommandLine;
using System.Globalization;
using Distributed.Client.SweepFiles;

namespace Distributed.Client.Commands;

/// <summary>One candidate on the command line.</summary>
internal sealed class CandidateOptions
{
    private readonly Option<double> _ratio = new("--ratio") { Description = "The part of the channels to remove, in [0, 1).", DefaultValueFactory = _ => 0.5 };
    private readonly Option<string> _criterion = new("--criterion") { Description = $"How the importance of a channel is told: {string.Join(", ", CriterionNames.All)}.", DefaultValueFactory = _ => "l1" };
    private readonly Option<double> _epochs = new("--epochs") { Description = "Epochs of fine-tuning; 0 recomputes BatchNormalization statistics only.", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _int8 = new("--int8") { Description = "Write a model that computes in 8 bits." };
    private readonly Option<string[]> _set = new("--set")
    {
        HelpName = "NAME=VALUE",
        Description = $"Any other parameter of a sweep's space: {string.Join(", ", ParameterNames.All)}; ratio/FAMILY for one family. May be given again.",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_ratio, _criterion, _epochs, _int8, _set]) command.Options.Add(option);
    }

    /// <exception cref="InvalidInputException">A parameter is unknown, or its value cannot be.</exception>
    public Candidate Of(ParseResult parsed)
    {
        Dictionary<string, ParameterValue> values = new(StringComparer.Ordinal);
        Set(values, ParameterNames.Ratio, parsed.GetValue(_ratio), "--ratio");
        Set(values, ParameterNames.Criterion, parsed.GetValue(_criterion)!, "--criterion");
        Set(values, ParameterNames.Epochs, parsed.GetValue(_epochs), "--epochs");
        if (parsed.GetValue(_int8)) values[ParameterNames.Precision] = Precisions.Int8;
        HashSet<string> said = new(StringComparer.Ordinal);
        foreach (string pair in parsed.GetValue(_set) ?? [])
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } text])
                throw new InvalidInputException("--set", $"it is '{pair}'", "Give NAME=VALUE, such as learning-rate=0.01.");
            if (Own(name) is { } own && parsed.GetResult(own) is { Implicit: false }) throw new InvalidInputException($"--set {name}", $"{own.Name} says it too", "Give one of them.");
            if (!said.Add(name)) throw new InvalidInputException($"--set {name}", "it is given twice", "Give it once.");
            Set(values, name, double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : text, $"--set {name}");
        }

        Candidate candidate = new(values);
        foreach (string name in said)
        {
            // Whoever sets it would compare a model with itself.
            if (ParameterNeeds.Lacking(name, candidate) is { } missing) throw new InvalidInputException($"--set {name}", $"it acts only with {missing}", "Set that too, or leave it out.");
        }

        return candidate;
    }

    /// <summary>The option that a parameter has to itself.</summary>
    private Option? Own(string name) => name switch
    {
        ParameterNames.Ratio => _ratio,
        ParameterNames.Criterion => _criterion,
        ParameterNames.Epochs => _epochs,
        ParameterNames.Precision => _int8,
        _ => null,
    };

    private static void Set(Dictionary<string, ParameterValue> values, string name, ParameterValue value, string place)
    {
        if (CandidateParameter.Find(name) is not { } rule)
            throw new InvalidInputException(place, $"there is no parameter '{name}'", Spelling.Remedy(name, ParameterNames.All));
        if (rule.Range is not { } range)
        {
            if (!rule.Choices.Contains(value.ToString())) throw new InvalidInputException(place, $"it is '{value}'", Spelling.Remedy(value.ToString()!, rule.Choices));
            values[name] = value.ToString()!;
            return;
        }

        if (value is not ParameterValue.Number { Value: var number } || !range.Holds(number))
            throw new InvalidInputException(place, $"it is {value}", $"Give {range}.");
        if (!rule.Forms.HasFlag(Numbers.Real) && number != Math.Floor(number)) throw new InvalidInputException(place, $"it is {value}", "Give a whole number.");
        values[name] = value;
    }
}
