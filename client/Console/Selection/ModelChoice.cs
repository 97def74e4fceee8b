namespace Distributed.Client.Selection;

/// <summary>Which models of a sweep are wanted. A closed union.</summary>
internal abstract record ModelChoice
{
    private ModelChoice()
    {
    }

    /// <summary>The model of one trial, on the front or not.</summary>
    internal sealed record OfTrial(TrialId Trial) : ModelChoice;

    /// <summary>The front's knee.</summary>
    internal sealed record AtKnee : ModelChoice;

    /// <summary>The most accurate of the front with at most so much of the dense latency.</summary>
    internal sealed record Fast(double MaxLatencyRatio) : ModelChoice;

    /// <summary>The first of the front, by <see cref="FrontView.Models"/>, with at least such accuracy.</summary>
    internal sealed record Accurate(double MinAccuracy) : ModelChoice;

    /// <summary>The whole front.</summary>
    internal sealed record All : ModelChoice;

    /// <summary>The trials that are meant, at least one, each with a model.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public IReadOnlyList<TrialState> In(SweepState state)
    {
        var view = FrontView.Of(state);
        if (this is OfTrial one) return [Completed(state, one.Trial)];
        if (view.Models.Count == 0) throw Empty(state, view);
        return this switch
        {
            AtKnee => [view.Knee!],
            Fast fast => [view.Models.Where(trial => trial.Measurement!.Latency.Ratio <= fast.MaxLatencyRatio).MaxBy(trial => trial.Measurement!.Accuracy)
                ?? throw None("--max-latency-ratio", Invariant($"no model of the front has at most {fast.MaxLatencyRatio} of the dense latency"),
                    Invariant($"The fastest has {view.Models.Min(trial => trial.Measurement!.Latency.Ratio):0.###}."))],
            Accurate accurate => [view.Models.FirstOrDefault(trial => trial.Measurement!.Accuracy >= accurate.MinAccuracy)
                ?? throw None("--min-accuracy", Invariant($"no model of the front has an accuracy of at least {accurate.MinAccuracy}"),
                    Invariant($"The best has {view.Models.Max(trial => trial.Measurement!.Accuracy):0.####}."))],
            _ => view.Models,
        };
    }

    private static TrialState Completed(SweepState state, TrialId id)
    {
        if (id.Number < 0 || id.Number >= state.Trials.Count)
            throw None("--trial", $"there is no trial {id}", Invariant($"The sweep has the trials 0 (the dense model) to {state.Trials.Count - 1}."));
        var trial = state.Trials[id.Number];
        return trial.Artifacts is not null && trial.Measurement is not null
            ? trial
            : throw None("--trial", $"trial {id} is {SweepFiles.Vocabulary.NameOf(trial.Status)} and has no model", "Name a completed trial; 'front' lists them.");
    }

    private static InvalidInputException Empty(SweepState state, FrontView view) => view.Nearest is { Measurement: { } nearest } trial
        ? None(state.Spec!.Name.Value, "no model meets every constraint, so the front is empty",
            $"The nearest is trial {trial.Id} ({Feasibility.Missed(nearest, Feasibility.BoundsOf(state.Spec))}): take it with --trial {trial.Id}.")
        : None(state.Spec!.Name.Value, "the front is still empty", "Wait until the first trials are completed.");

    private static InvalidInputException None(string place, string found, string remedy) => new(place, found, remedy);
}
