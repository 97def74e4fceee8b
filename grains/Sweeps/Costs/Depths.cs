using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Distributed.Sweeps;

/// <summary>
/// Which residual branches a candidate leaves out: the first of <see cref="ModelProfile.Branches"/>, as many as "depth-ratio" asks for, so
/// that a larger ratio never brings one back. The trial that leaves them out and the search that predicts both ask here.
/// </summary>
/// <remarks>
/// A network of residual branches behaves like an ensemble of paths, of which most bear the loss of one branch (Veit et al. 2016).
/// Leaving out whole branches takes their time whole, where narrower layers may still fill the same blocks of a kernel.
/// </remarks>
public static class Depths
{
    private static readonly ConditionalWeakTable<ModelProfile, ConcurrentDictionary<int, Shallower>> Known = [];

    /// <summary>How many branches a candidate leaves out: the number nearest to the ratio's part of them, the larger of two as near.</summary>
    public static int Of(ModelProfile profile, Candidate candidate) =>
        (int)Math.Round((candidate.Number(ParameterNames.DepthRatio) ?? 0) * profile.Branches.Count, MidpointRounding.AwayFromZero);

    /// <summary>Whether candidates of a space may leave branches out.</summary>
    public static bool AreAskedFor(SearchSpace space) =>
        space.Parameters.Any(parameter => parameter.Name == ParameterNames.DepthRatio && KnownParameters.Extent(parameter) is not { High: <= 0 });

    /// <summary>The names of the branches that a candidate leaves out, in the order in which they go.</summary>
    public static IReadOnlyList<string> LeftOut(ModelProfile profile, Candidate candidate) =>
        [.. profile.Branches.Take(Of(profile, candidate)).Select(branch => branch.Name)];

    /// <summary>For each family of the profile whether a candidate has it at all: one that stands in left-out branches only is gone with them.</summary>
    public static bool[] HasFamilies(ModelProfile profile, Candidate candidate) => Under(profile, Of(profile, candidate)).Stays;

    /// <summary>The width of each family as a candidate has it, 0 for one that is gone.</summary>
    public static int[] Widths(ModelProfile profile, Candidate candidate) =>
        [.. WidthAllocation.For(profile, candidate).Zip(HasFamilies(profile, candidate), (width, stays) => stays ? width : 0)];

    /// <summary>The nodes that go with the branches that a candidate leaves out.</summary>
    public static IReadOnlySet<string> NodesLeftOut(ModelProfile profile, Candidate candidate) => Nodes(profile, Of(profile, candidate));

    /// <summary>What is known of the model without its first branches; found once for each number of them.</summary>
    internal static Shallower Under(ModelProfile profile, int leftOut) =>
        Known.GetOrCreateValue(profile).GetOrAdd(leftOut, count => new(profile, Nodes(profile, count)));

    private static HashSet<string> Nodes(ModelProfile profile, int leftOut) =>
        profile.Branches.Take(leftOut).SelectMany(branch => branch.Nodes).ToHashSet(StringComparer.Ordinal);

    /// <summary>A profile without some branches.</summary>
    internal sealed class Shallower
    {
        private readonly IReadOnlyList<FamilyProfile> _families;

        /// <param name="profile">The whole model's.</param>
        /// <param name="gone">The nodes that are left out.</param>
        public Shallower(ModelProfile profile, HashSet<string> gone)
        {
            _families = profile.Families;
            OperatorProfile[] all = [.. profile.Operators, .. profile.Int8?.Operators ?? []];
            Stays = [.. profile.Families.Select((_, i) => all.Where(op => op.Touches(i)).ToArray() is var own && (own.Length == 0 || own.Any(op => !gone.Contains(op.Name))))];
            var stays = profile.Families.Where((_, i) => Stays[i]).Select(family => family.Name).ToHashSet(StringComparer.Ordinal);
            var part = profile.Part(family => stays.Contains(family.Name), op => !gone.Contains(op.Name));
            Profile = part with { Branches = [], Surfaces = [.. profile.Surfaces.Select(surface => Shortened(surface, profile, part))] };
        }

        /// <summary>
        /// A remainder below 0 is what every operator loses by being timed alone, and so is less where fewer are left. One above 0 is what starting
        /// a run takes, whole.
        /// </summary>
        private static LatencySurface Shortened(LatencySurface surface, ModelProfile whole, ModelProfile part)
        {
            if (surface.Microseconds is not [< 0 and var lost]) return surface;
            bool int8 = whole.Int8?.Operators.Any(op => op.Surface == surface.Key) == true;
            double Timed(ModelProfile profile) => new CostModel(profile with
            {
                Operators = [.. (int8 ? profile.Int8!.Operators : profile.Operators).Where(op => op.Operator.Length > 0)],
                Int8 = null,
            }).Microseconds([.. profile.Families.Select(family => family.Width)]);
            return Timed(whole) is > 0 and var all ? surface with { Microseconds = [lost * Timed(part) / all] } : surface;
        }

        /// <summary>The profile of what is left, with the families that are; it has no branches any more.</summary>
        public ModelProfile Profile { get; }

        /// <summary>For each family of the whole model whether it is left.</summary>
        public bool[] Stays { get; }

        /// <summary>Widths of the whole model's families from those of <see cref="Profile"/>; families that are gone have their dense width.</summary>
        public int[] Whole(int[] widths)
        {
            int next = 0;
            return [.. _families.Select((family, i) => Stays[i] ? widths[next++] : family.Width)];
        }
    }
}
