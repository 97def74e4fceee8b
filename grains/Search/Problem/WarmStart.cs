namespace Distributed.Search;

/// <summary>What a search knows before its first trial: candidates to try first, and trials of another sweep to learn from.</summary>
/// <param name="First">Candidates of this space with the reason of each, in the order in which they are tried.</param>
/// <param name="Foreign">Closed trials of another sweep, their candidates in this space. They teach the model and count for nothing else.</param>
public sealed record WarmStart(IReadOnlyList<Suggestion> First, IReadOnlyList<Observation> Foreign)
{
    /// <summary>What a value that had to be moved or made up adds to the variance of an accuracy: a deviation of two points each.</summary>
    private const double MovedVariance = 0.02 * 0.02;

    /// <summary>Nothing is known.</summary>
    public static WarmStart None { get; } = new([], []);

    /// <summary>The warm start of a sweep in its expanded space.</summary>
    /// <param name="spec">The sweep.</param>
    /// <param name="space">Its space, expanded.</param>
    /// <param name="imported">What its log holds of another sweep, or null.</param>
    /// <exception cref="InvalidInputException">A given candidate names a family that is not there, or breaks a constraint of the space.</exception>
    public static WarmStart Of(SweepSpec spec, SearchSpace space, SweepRecord.WarmStarted? imported)
    {
        if (spec.WarmStart is not { } warm) return None;
        var encoding = new SpaceEncoding(space);
        List<Suggestion> first = [.. warm.Candidates.Select((candidate, i) => new Suggestion(Given(spec, encoding, candidate, i), "given"))];
        if (imported is null) return new(first, []);
        if (imported.SameProblem) return new(first, [.. imported.Trials.Select(trial => Learn(spec, encoding, trial)).OfType<Observation>()]);
        foreach (var trial in imported.Trials)
        {
            if (Adoption.Of(encoding, trial.Candidate, name => Default(spec, name)) is { } adopted && encoding.Allows(adopted.Candidate))
                first.Add(new(adopted.Candidate, $"on the front of '{imported.From}' (trial {trial.Trial})"));
        }

        return new(first, []);
    }

    /// <summary>The candidate to try before any sampler is asked: the first one that is new. Null when there is none left.</summary>
    public Suggestion? Next(SearchProblem problem, SearchHistory history)
    {
        if (First.Count == 0) return null;
        var drafts = new Drafts(problem, history);
        return First.FirstOrDefault(suggestion => drafts.IsNew(suggestion.Candidate));
    }

    /// <summary>What a trial takes for a parameter that its candidate does not hold.</summary>
    public static ParameterValue? Default(SweepSpec spec, string name) => name switch
    {
        ParameterNames.Epochs => spec.Recovery.Epochs,
        ParameterNames.LearningRate => spec.Recovery.LearningRate,
        ParameterNames.WeightDecay => spec.Recovery.WeightDecay,
        _ => CandidateParameter.Find(name)?.Default,
    };

    private static Candidate Given(SweepSpec spec, SpaceEncoding encoding, Candidate candidate, int index)
    {
        string place = Invariant($"warm-start.candidates[{index}]");
        var names = encoding.Names;
        if (candidate.Values.Keys.FirstOrDefault(name => name != ParameterNames.Ratio && !names.Contains(name)) is { } unknown)
            throw new InvalidInputException($"{place}.{unknown}", "there is no such parameter", ClosestName.Remedy(unknown, [.. names]));
        var adopted = Adoption.Of(encoding, candidate, name => Default(spec, name))?.Candidate
            ?? throw new InvalidInputException(place, "it has a value that its parameter cannot have", "Correct it.");
        return encoding.Allows(adopted) ? adopted : throw new InvalidInputException(place, "it breaks a constraint of the space", "Change a value, or the constraint.");
    }

    private static Observation? Learn(SweepSpec spec, SpaceEncoding encoding, ImportedTrial trial)
    {
        if (Adoption.Of(encoding, trial.Candidate, name => Default(spec, name)) is not { } adopted) return null;
        if (Unlike(spec, encoding, trial.Candidate) is not { } unlike) return null;
        var values = trial.Measurement is { } measured ? ObservedValues.Of(measured) : null;
        return new(
            trial.Trial,
            adopted.Candidate,
            values is null ? null : values with { AccuracyVariance = values.AccuracyVariance + ((adopted.Moved + unlike) * MovedVariance) },
            trial.Rungs);
    }

    /// <summary>How many numbers that this space does not hold were others than every trial of this sweep takes; null where a choice was, so that the trial tells of another thing.</summary>
    private static int? Unlike(SweepSpec spec, SpaceEncoding encoding, Candidate candidate)
    {
        // Common ratios and those of families stand for one another.
        var names = encoding.Names.Select(Base).ToHashSet(StringComparer.Ordinal);
        var others = candidate.Values
            .Where(pair => !names.Contains(Base(pair.Key)) && Default(spec, pair.Key) is { } usual && !Adoption.Same(usual, pair.Value))
            .ToList();
        return others.Exists(pair => pair.Value is ParameterValue.Choice) ? null : others.Count;

        static string Base(string name) => name.Split('/')[0];
    }
}
