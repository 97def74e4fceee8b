using System.Runtime.CompilerServices;

namespace Distributed.Sweeps;

/// <summary>The order in which families are narrowed when importance is weighed against time: always what costs least for each microsecond saved.</summary>
/// <remarks>
/// From the dense widths on, each step takes one family to its next width worth having: the family for which
/// Σ importance of its least important units that go ÷ (T(widths) − T(widths after the step)) is least, T being the table's sum. Steps that
/// save nothing come last, by importance alone. A ratio of the channels is then a prefix of one order, so that a larger ratio never leaves
/// a family wider. Without scores every unit counts 1. Where the file will compute in 8 bits, T is the time of such files.
/// </remarks>
internal sealed class LatencyRanking
{
    private static readonly ConditionalWeakTable<ModelProfile, Dictionary<(string?, string?, bool), LatencyRanking>> Known = [];
    private readonly ModelProfile _profile;
    private readonly CriterionScores? _scores;
    private readonly CostModel[] _costs;
    private readonly int[] _places;
    private readonly List<(int Removed, int[] Widths)> _steps = [];

    private LatencyRanking(ModelProfile whole, string? closure, CriterionScores? scores, bool int8)
    {
        _profile = Closures.Under(whole, closure);
        _scores = _profile.Scores.FirstOrDefault(own => own.Criterion == scores?.Criterion);
        _places = [.. whole.Families.Index().Where(item => Closures.Holds(item.Item.Closure, closure)).Select(item => item.Index)];
        var operators = int8 && _profile.Int8 is { } bytes ? bytes.Operators : _profile.Operators;
        _costs = [.. _profile.Families.Select((_, family) => new CostModel(_profile with { Int8 = null, Operators = [.. operators.Where(op => op.Touches(family))] }))];
        int[] widths = [.. _profile.Families.Select(family => family.Width)];
        int removed = 0;
        _steps.Add((0, widths));
        while (Next(widths) is { } next)
        {
            removed += widths[next.Family] - next.Width;
            widths = With(widths, next.Family, next.Width);
            _steps.Add((removed, widths));
        }
    }

    /// <summary>The order for a profile, found once.</summary>
    /// <param name="profile">The dense model's.</param>
    /// <param name="closure">By which the candidate is pruned.</param>
    /// <param name="scores">Importance of the units; null for 1 each.</param>
    /// <param name="int8">Whether the times of int8 files count; those of float32 files do where no others are known.</param>
    public static LatencyRanking Of(ModelProfile profile, string? closure, CriterionScores? scores, bool int8)
    {
        var known = Known.GetOrCreateValue(profile);
        lock (known)
        {
            if (!known.TryGetValue((closure, scores?.Criterion, int8), out var ranking)) known[(closure, scores?.Criterion, int8)] = ranking = new(profile, closure, scores, int8);
            return ranking;
        }
    }

    /// <summary>The widths after as many steps as remove a part of the channels nearest to the ratio; fewer of two as near.</summary>
    /// <param name="profile">The profile that the order was found for.</param>
    /// <param name="ratio">In [0, 1).</param>
    public int[] At(ModelProfile profile, double ratio)
    {
        double wanted = ratio * _profile.Families.Sum(family => family.Width);
        int[] own = _steps.MinBy(step => Math.Abs(step.Removed - wanted)).Widths;
        int[] widths = [.. profile.Families.Select(family => family.Width)];
        for (int i = 0; i < own.Length; i++) widths[_places[i]] = own[i];
        return widths;
    }

    private (int Family, int Width)? Next(int[] widths)
    {
        (int Family, int Width, (bool Nothing, double Lost) Price)? best = null;
        for (int family = 0; family < widths.Length; family++)
        {
            int narrower = _profile.Families[family].Widths.LastOrDefault(width => width < widths[family]);
            if (narrower == 0) continue;
            double saved = _costs[family].Microseconds(widths) - _costs[family].Microseconds(With(widths, family, narrower));
            double lost = Lost(family, widths[family], narrower) * WidthAllocation.Weight(_profile, family);
            var price = saved > 0 ? (false, lost / saved) : (true, lost);
            if (best is null || price.CompareTo(best.Value.Price) < 0) best = (family, narrower, price);
        }

        return best is { } found ? (found.Family, found.Width) : null;
    }

    private double Lost(int family, int from, int to) =>
        _scores is null ? from - to : _scores.Families[family].Skip(_profile.Families[family].Width - from).Take(from - to).Sum();

    private static int[] With(int[] widths, int family, int width)
    {
        int[] changed = [.. widths];
        changed[family] = width;
        return changed;
    }
}
