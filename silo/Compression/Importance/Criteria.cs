using Distributed.Compression.Grouping;
using Distributed.Sweeps;

namespace Distributed.Compression.Importance;

/// <summary>The criteria by name, and what is made of their scores.</summary>
internal static class Criteria
{
    /// <summary>All criteria, in the order of <see cref="CriterionNames"/>.</summary>
    public static IReadOnlyList<IImportanceCriterion> All { get; } =
    [
        new AbsoluteWeights(),
        new EuclideanWeights(),
        new GeometricMedian(),
        new LayerAdaptiveMagnitude(),
        new NormalizationScale(),
        new FirstOrderTaylor(),
        new GateTaylor(),
        new FisherDiagonal(),
        new ActivationMean(),
        new NonZeroActivations(),
        new ActivationEntropy(),
        new GradientActivation(),
        new WeightsTimesInputs(),
        new RandomControl(),
    ];

    /// <summary>A criterion.</summary>
    /// <exception cref="InvalidInputException">There is none of that name.</exception>
    public static IImportanceCriterion Named(string name) => All.FirstOrDefault(criterion => criterion.Name == name)
        ?? throw new InvalidInputException("criterion", $"there is no criterion '{name}'", $"There are {string.Join(", ", All.Select(criterion => criterion.Name))}.");

    /// <summary>
    /// For every family of the grouping the units' scores divided by their mean in the family, so that 1 is an average unit of any family
    /// (not where the criterion compares families by itself). A family whose scores are all 0 gets ones.
    /// </summary>
    public static double[][] Score(IImportanceCriterion criterion, ModelGrouping grouping, ImportanceEvidence evidence) =>
        [.. grouping.Families.Select(family => criterion.Score(family, evidence) is var scores && criterion.ComparesFamilies ? scores : Normalized(scores))];

    /// <summary>The scores as the profile holds them for global ranking: ascending in each family.</summary>
    public static CriterionScores Profile(IImportanceCriterion criterion, ModelGrouping grouping, ImportanceEvidence evidence) =>
        new(criterion.Name, [.. Score(criterion, grouping, evidence).Select(scores => (IReadOnlyList<double>)[.. scores.Order()])]);

    /// <summary>For every unit the mean over its members of one role; tied layers count alike, and large families are not favoured.</summary>
    /// <exception cref="InvalidInputException">The family has no member of the role.</exception>
    public static double[] MeanOver(Family family, MemberRole role, Func<Member, double> score) =>
        MeanOverLayers(family, role, members => [.. members.Select(score)]);

    /// <summary>The same for scores that depend on all units of a layer.</summary>
    /// <param name="family">The family.</param>
    /// <param name="role">Which members are judged.</param>
    /// <param name="score">One score for each unit, from the units' members in one initializer.</param>
    /// <exception cref="InvalidInputException">The family has no member of the role.</exception>
    public static double[] MeanOverLayers(Family family, MemberRole role, Func<IReadOnlyList<Member>, double[]> score)
    {
        Member[][] units = [.. family.Units.Select(unit => unit.Members.Where(member => member.Role == role).ToArray())];
        int layers = units[0].Length;
        if (layers == 0)
        {
            throw new InvalidInputException(
                $"family '{family.Name}'", $"none of its layers has a {role.ToString().ToLowerInvariant()} to judge by", "Choose another criterion, or keep the family.");
        }

        double[] mean = new double[units.Length];
        for (int layer = 0; layer < layers; layer++)
        {
            double[] scores = score([.. units.Select(members => members[layer])]);
            for (int unit = 0; unit < mean.Length; unit++) mean[unit] += scores[unit] / layers;
        }

        return mean;
    }

    /// <summary>Whether the family's units have members of a role.</summary>
    public static bool Has(Family family, MemberRole role) => family.Units[0].Members.Any(member => member.Role == role);

    private static double[] Normalized(double[] scores)
    {
        double mean = scores.Average();
        return [.. scores.Select(score => mean > 0 ? score / mean : 1)];
    }
}
