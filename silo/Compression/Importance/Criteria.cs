using Distributed.Compression.Grouping;
using Distributed.Sweeps;

namespace Distributed.Compression.Importance;

/// <summary>The criteria by name, and what is made of their scores.</summary>
internal static class Criteria
{
    /// <summary>All criteria, in the order in which they are listed to users.</summary>
    public static IReadOnlyList<IImportanceCriterion> All { get; } =
    [
        new AbsoluteWeights(),
        new EuclideanWeights(),
        new NormalizationScale(),
        new FirstOrderTaylor(),
        new RandomControl(),
    ];

    /// <summary>A criterion.</summary>
    /// <exception cref="InvalidInputException">There is none of that name.</exception>
    public static IImportanceCriterion Named(string name) => All.FirstOrDefault(criterion => criterion.Name == name)
        ?? throw new InvalidInputException("criterion", $"there is no criterion '{name}'", $"There are {string.Join(", ", All.Select(criterion => criterion.Name))}.");

    /// <summary>
    /// For every family of the grouping the units' scores divided by their mean in the family, so that 1 is an average unit of any family.
    /// A family whose scores are all 0 gets ones.
    /// </summary>
    public static double[][] Score(IImportanceCriterion criterion, ModelGrouping grouping, ImportanceEvidence evidence) =>
        [.. grouping.Families.Select(family => Normalized(criterion.Score(family, evidence)))];

    /// <summary>The scores as the profile holds them for global ranking: ascending in each family.</summary>
    public static CriterionScores Profile(IImportanceCriterion criterion, ModelGrouping grouping, ImportanceEvidence evidence) =>
        new(criterion.Name, [.. Score(criterion, grouping, evidence).Select(scores => (IReadOnlyList<double>)[.. scores.Order()])]);

    /// <summary>For every unit the mean over its members of one role; tied layers count alike, and large families are not favoured.</summary>
    public static double[] MeanOver(Family family, MemberRole role, Func<Member, double> score) =>
        [.. family.Units.Select(unit => unit.Members.Where(member => member.Role == role).Average(score))];

    private static double[] Normalized(double[] scores)
    {
        double mean = scores.Average();
        return [.. scores.Select(score => mean > 0 ? score / mean : 1)];
    }
}
