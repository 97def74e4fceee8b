namespace Distributed.Search;

/// <summary>What is searched, and everything about it that does not change while the search goes on.</summary>
public sealed record SearchProblem
{
    /// <summary>The space, per-family parameters expanded; see <see cref="SpaceValidation"/> for what holds of it.</summary>
    public required SearchSpace Space { get; init; }

    /// <summary>One to four objectives.</summary>
    public required IReadOnlyList<Objective> Objectives { get; init; }

    /// <summary>Bounds that a trial must keep to reach the front.</summary>
    public IReadOnlyList<Constraint> Constraints { get; init; } = [];

    /// <summary>What is known of a candidate before it is tried.</summary>
    public required ICandidateForecast Forecast { get; init; }

    /// <summary>The sweep's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Candidates in all, or null when their number is not limited.</summary>
    public int? Trials { get; init; }

    /// <summary>Who proposes.</summary>
    public SamplerSpec Sampler { get; init; } = new();

    /// <summary>What is known before the first trial. Whoever runs a search asks <see cref="WarmStart.Next"/> before a sampler, and hands the foreign trials on.</summary>
    public WarmStart WarmStart { get; init; } = WarmStart.None;

    /// <summary>The problem of a sweep whose dense baseline is profiled.</summary>
    /// <param name="spec">The sweep.</param>
    /// <param name="profile">The dense model's profile.</param>
    /// <param name="imported">What the sweep took from an earlier one, or null.</param>
    /// <exception cref="InvalidInputException">The space names a family that the model does not have, asks for branches that nobody ranked, or no candidate can keep its constraints.</exception>
    public static SearchProblem Of(SweepSpec spec, ModelProfile profile, SweepRecord.WarmStarted? imported = null)
    {
        var space = spec.Space.Expand(Closures.Families(profile, spec.Space));
        SpaceValidation.CheckExpanded(space);
        if (Depths.AreAskedFor(space) && profile.Branches.Count == 0)
            throw new InvalidInputException($"space.{ParameterNames.DepthRatio}", "the dense baseline was profiled without a ranking of residual branches", "Run the sweep anew once every worker is of this version.");
        return new()
        {
            Space = space,
            Objectives = spec.Objectives,
            Constraints = spec.Constraints,
            Forecast = new CostModel(profile),
            Seed = spec.Seed,
            Trials = spec.Budget.Trials,
            Sampler = spec.Sampler,
            WarmStart = WarmStart.Of(spec, space, imported),
        };
    }
}
