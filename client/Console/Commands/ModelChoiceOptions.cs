using System.CommandLine;
using Distributed.Client.Selection;

namespace Distributed.Client.Commands;

/// <summary>--trial N | --knee | --max-latency-ratio R | --min-accuracy A | --all, exactly one.</summary>
internal sealed class ModelChoiceOptions
{
    private readonly Option<int?> _trial = new("--trial") { HelpName = "N", Description = "The model of this trial." };
    private readonly Option<bool> _knee = new("--knee") { Description = "The model at the front's knee." };
    private readonly Option<double?> _fast = new("--max-latency-ratio") { HelpName = "R", Description = "The most accurate with at most R of the dense latency." };
    private readonly Option<double?> _accurate = new("--min-accuracy") { HelpName = "A", Description = "The fastest (without a latency objective, the cheapest) with a validation accuracy of at least A, in [0, 1]." };
    private readonly Option<bool> _all = new("--all") { Description = "The whole front." };

    /// <summary>Adds the options and the rule that exactly one is given.</summary>
    public void AddTo(Command command)
    {
        Option[] all = [_trial, _knee, _fast, _accurate, _all];
        foreach (var option in all) command.Add(option);
        command.Validators.Add(result =>
        {
            if (all.Count(option => result.GetResult(option) is { Implicit: false }) != 1)
                result.AddError("Give exactly one of --trial N, --knee, --max-latency-ratio R, --min-accuracy A and --all.");
        });
    }

    /// <summary>What was chosen.</summary>
    public ModelChoice Of(ParseResult parsed) => parsed switch
    {
        _ when parsed.GetValue(_trial) is { } number => new ModelChoice.OfTrial(new(number)),
        _ when parsed.GetValue(_fast) is { } ratio => new ModelChoice.Fast(ratio),
        _ when parsed.GetValue(_accurate) is { } accuracy => new ModelChoice.Accurate(accuracy),
        _ when parsed.GetValue(_knee) => new ModelChoice.AtKnee(),
        _ => new ModelChoice.All(),
    };
}
