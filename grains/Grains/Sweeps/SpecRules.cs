using Distributed.Search;

namespace Distributed.Grains;

/// <summary>What a spec must fulfil before a sweep is launched, whoever sends it. The console checks more, with lines and columns.</summary>
internal static class SpecRules
{
    private const int MostObjectives = 4;

    /// <exception cref="InvalidInputException">The first rule that is broken.</exception>
    public static void Check(SweepSpec spec, SweepId sweep)
    {
        Demand(spec.Name == sweep, "name", $"it is '{spec.Name}', launched under '{sweep}'", "Launch a sweep under its own name.");
        Demand(spec.Model.Zoo is null != spec.Model.Onnx is null, "model", "it names both a zoo model and an ONNX file, or neither", "Give exactly one.");
        CheckObjectives(spec);
        // Which criteria there are is the runner's to know; any that the space names passes here.
        SpaceValidation.Check(spec.Space, CriteriaOf(spec.Space));
        HardwareValidation.Check(spec.Hardware, spec.Space);
        CheckWarmStart(spec);
        Samplers.Find(spec.Sampler.Name);
        CheckBudget(spec.Budget);
        foreach (var (key, found, remedy) in spec.Notify is { } notify ? NotifyFaults.Of(notify) : []) throw new InvalidInputException($"notify.{key}", found, remedy);
        Demand(spec.Sampler.Horizon >= 0, "sampler.horizon", Invariant($"it is {spec.Sampler.Horizon}"), "Give 0 or more; twice the slots keeps them busy.");
        Demand(spec.EarlyStopping.Reduction > 1, "early-stopping.reduction", Invariant($"it is {spec.EarlyStopping.Reduction}"), "Give more than 1, such as 3.");
        StoppingRules.Check(spec.EarlyStopping.Rule);
        Demand(spec.EarlyStopping.Protection >= 0, "early-stopping.protection", Invariant($"it is {spec.EarlyStopping.Protection}"), "Give 0 to switch it off, or standard deviations such as 1.");
        CheckWeight(spec.Weight);
        Demand(spec.Device is null || spec.Device.Length > 0, "device", "it is empty", "Name a device class, such as cpu or cuda, or leave the key out.");
        Demand(spec.Dataset.Validation > 0, "dataset.validation", Invariant($"it is {spec.Dataset.Validation}"), "Give at least one image of each class.");
    }

    /// <exception cref="InvalidInputException">It is no weight.</exception>
    public static void CheckWeight(double? weight) =>
        Demand(weight is null or (> 0 and < double.PositiveInfinity), "weight", Invariant($"it is {weight}"), "Give a number above 0, such as 2.");

    private static void CheckObjectives(SweepSpec spec)
    {
        int count = spec.Objectives.Count;
        Demand(count is > 0 and <= MostObjectives, "objectives", Invariant($"there are {count}"), "Give one to four.");
        Demand(spec.Objectives.DistinctBy(o => o.Metric).Count() == count, "objectives", "a metric stands twice", "Name each metric once.");
        for (int i = 0; i < count; i++)
        {
            var objective = spec.Objectives[i];
            bool accuracy = objective.Metric is Metric.Accuracy or Metric.CorruptedAccuracy;
            bool reachable = objective.Reference is not { } reference || (double.IsFinite(reference) && (accuracy ? reference is >= 0 and < 1 : reference > 0));
            Demand(reachable, Invariant($"objectives[{i}].reference"), Invariant($"it is {objective.Reference}, and no model can be better"), accuracy ? "Give at least 0 and below 1." : "Give a number above 0.");
        }

        foreach (var bound in spec.Constraints)
        {
            Demand(bound.AtMost is not null || bound.AtLeast is not null, $"constraints.{bound.Metric}", "it bounds nothing", "Give at-most or at-least.");
        }

        foreach (var bounds in spec.Constraints.GroupBy(bound => bound.Metric))
        {
            var (most, least) = (bounds.Min(bound => bound.AtMost), bounds.Max(bound => bound.AtLeast));
            Demand(!(most < least), $"constraints.{bounds.Key}", Invariant($"at most {most} and at least {least} exclude each other"), "Give at-least ≤ at-most.");
        }
    }

    private static void CheckWarmStart(SweepSpec spec)
    {
        if (spec.WarmStart is not { } warm) return;
        Demand(warm.Sweep != spec.Name, "warm-start.sweep", $"'{warm.Sweep}' is this sweep itself", "Name an earlier sweep of the same store.");
        if (GivenFaults.Of(spec.Space, warm.Candidates) is [var (index, parameter, found, remedy), ..])
            throw new InvalidInputException(Invariant($"warm-start.candidates[{index}]{(parameter is null ? "" : ".")}{parameter}"), found, remedy);
    }

    private static void CheckBudget(BudgetSpec budget)
    {
        Demand(budget.Trials is not null || budget.Time is not null || budget.Epochs is not null || budget.Stagnation is not null, "budget", "it has no limit", "Give trials, time, epochs or stagnation.");
        Demand(!(budget.Trials < 1), "budget.trials", Invariant($"it is {budget.Trials}"), "Give at least 1.");
        Demand(!(budget.Time <= TimeSpan.Zero), "budget.time", Invariant($"it is {budget.Time}"), "Give more than 0.");
        Demand(!(budget.Epochs <= 0), "budget.epochs", Invariant($"it is {budget.Epochs}"), "Give more than 0.");
        if (budget.Stagnation is not { } stagnation) return;
        Demand(stagnation.Gain is > 0 and < 1, "budget.stagnation.gain", Invariant($"it is {stagnation.Gain}"), "Give a part of the hypervolume, such as 0.01.");
        Demand(stagnation.Trials >= 1, "budget.stagnation.trials", Invariant($"it is {stagnation.Trials}"), "Give at least 1, such as 20.");
    }

    private static string[] CriteriaOf(SearchSpace space) => [.. space.Parameters
        .Where(parameter => parameter.Name == ParameterNames.Criterion)
        .SelectMany(parameter => parameter switch
        {
            Parameter.Categorical categorical => categorical.Choices,
            Parameter.Fixed { Value: ParameterValue.Choice choice } => [choice.Name],
            Parameter.Ordinal ordinal => ordinal.Levels.Select(level => level.ToString()!),
            _ => [],
        })];

    private static void Demand(bool holds, string place, string found, string remedy)
    {
        if (!holds) throw new InvalidInputException(place, found, remedy);
    }
}
