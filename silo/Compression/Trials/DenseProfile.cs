using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Importance;
using Distributed.Compression.Measuring;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Puts the dense model's profile together: families, operators, times, widths worth having, scores for global ranking.</summary>
internal static class DenseProfile
{
    private const int BytesPerParameter = 4;

    /// <summary>The profile without scores.</summary>
    /// <param name="network">The trained dense network.</param>
    /// <param name="bytes">Size of its file.</param>
    /// <param name="denseMs">Its measured median latency.</param>
    /// <param name="time">Times surfaces.</param>
    public static ModelProfile Of(Network network, long bytes, double denseMs, Func<IReadOnlyList<SurfaceRequest>, IReadOnlyList<LatencySurface>> time)
    {
        var grouping = ChannelGroups.Of(network);
        long parameters = OperatorCosts.Of(network, ShapeInference.Infer(network, 1)).Sum(cost => cost.Parameters);
        var profile = new ModelProfile
        {
            Families = [.. grouping.Families.Select(family => new FamilyProfile(family.Name, family.Width, [family.Width]))],
            Operators = ProfileBuilder.Operators(network, grouping),
            Surfaces = time(ProfileBuilder.Surfaces(network, grouping)),
            FixedBytes = bytes - (BytesPerParameter * parameters),
            DenseMs = denseMs,
        };
        return WidthsWorthHaving.Fill(profile).WithRemainder();
    }

    /// <summary>The profile with the named families, and those of the named layers, at their dense width.</summary>
    /// <exception cref="InvalidInputException">There is no family or layer of a name.</exception>
    public static ModelProfile Keeping(ModelProfile profile, ModelGrouping grouping, IReadOnlyList<string> names)
    {
        var kept = Kept(grouping, names);
        return profile with
        {
            Families = [.. profile.Families.Select(family => kept.Contains(family.Name) ? family with { Widths = [family.Width] } : family)],
        };
    }

    /// <summary>The families that names of families and layers stand for.</summary>
    /// <exception cref="InvalidInputException">There is no family or layer of a name.</exception>
    public static IReadOnlySet<string> Kept(ModelGrouping grouping, IReadOnlyList<string> names)
    {
        var families = names.Select(name => grouping.FamilyOf.GetValueOrDefault(name, name)).ToHashSet(StringComparer.Ordinal);
        var known = grouping.Families.Select(family => family.Name).ToHashSet(StringComparer.Ordinal);
        if (families.FirstOrDefault(name => !known.Contains(name) && !grouping.Pinned.ContainsKey(name)) is { } unknown)
        {
            throw new InvalidInputException(
                "model.keep", $"the model has no family or layer '{unknown}'", $"Its families are {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
        }

        return families;
    }

    /// <summary>Scores by every criterion that the space holds; none when nothing is ranked globally.</summary>
    public static IReadOnlyList<CriterionScores> Scores(Network network, SweepSpec spec, TrialData data)
    {
        if (!Values(spec, ParameterNames.Ranking).Contains("global")) return [];
        var criteria = Values(spec, ParameterNames.Criterion).DefaultIfEmpty("l1").Select(Criteria.Named).ToList();
        var grouping = ChannelGroups.Of(network);
        var evidence = Evidence.Of(network, criteria, data, spec.Seed, "trial/0/importance");
        return [.. criteria.Select(criterion => Criteria.Profile(criterion, grouping, evidence))];
    }

    /// <summary>The names that a parameter can take; none when the space does not hold it.</summary>
    public static IEnumerable<string> Values(SweepSpec spec, string name) => spec.Space.Parameters.FirstOrDefault(parameter => parameter.Name == name) switch
    {
        Parameter.Categorical categorical => categorical.Choices,
        Parameter.Fixed { Value: ParameterValue.Choice choice } => [choice.Name],
        Parameter.Ordinal ordinal => ordinal.Levels.Select(level => level.ToString()!),
        _ => [],
    };
}
