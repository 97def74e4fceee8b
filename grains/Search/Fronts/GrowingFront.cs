namespace Distributed.Search;

/// <summary>The front of trials that are taken in one by one; the same as <see cref="Front.Of"/> of all of them, without looking at all of them again.</summary>
/// <remarks>
/// Immutable: taking a trial in gives another front, or the same one when the trial changes nothing. That costs one comparison for each
/// member, and for a trial that joins a copy of the members and their hypervolume: with two objectives all of it is linear in the members.
/// </remarks>
public sealed class GrowingFront
{
    private readonly IReadOnlyList<Objective> _objectives;
    private readonly IReadOnlyList<Constraint> _bounds;
    private readonly double[] _reference;
    private readonly Member[] _members;

    private GrowingFront(IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> bounds, double[] reference, Member[] members)
    {
        (_objectives, _bounds, _reference, _members) = (objectives, bounds, reference, members);
        Trials = Array.ConvertAll(members, member => member.Trial);
        Hypervolume = Search.Hypervolume.Of(Array.ConvertAll(Swept(members), member => member.Losses), reference);
    }

    /// <summary>Its trials in the order of <see cref="Front.Members"/>.</summary>
    public IReadOnlyList<TrialId> Trials { get; }

    /// <summary>As <see cref="Front.Hypervolume"/>.</summary>
    public double Hypervolume { get; }

    /// <summary>The front of a dense model alone, which gives the reference point.</summary>
    public static GrowingFront Of(IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints, Observation dense)
    {
        double[] reference = Losses.Of(objectives, ReferencePoint.Of(objectives, new SearchHistory([dense], [])));
        return new GrowingFront(objectives, Feasibility.All(objectives, constraints), reference, []).With(dense);
    }

    /// <summary>The front with one more closed trial.</summary>
    /// <returns>This one when the trial is dominated, not feasible, not finite, or without values.</returns>
    public GrowingFront With(Observation trial)
    {
        if (trial.Values is not { } values || !_objectives.All(objective => double.IsFinite(values.Of(objective.Metric)))) return this;
        if (Feasibility.Violation(_bounds, values) > 0) return this;
        double[] losses = Losses.Of(_objectives, values.Of);
        if (Array.Exists(_members, member => Losses.Dominates(member.Losses, losses))) return this;
        var joined = new Member(trial.Trial, losses);
        List<Member> members = [.. _members.Where(member => !Losses.Dominates(losses, member.Losses))];
        int place = members.BinarySearch(joined, Comparer<Member>.Create(InOrder));
        members.Insert(place < 0 ? ~place : place, joined);
        return new(_objectives, _bounds, _reference, [.. members]);
    }

    private int InOrder(Member one, Member other)
    {
        int axis = Front.Axis(_objectives);
        int by = one.Losses[axis].CompareTo(other.Losses[axis]) * (_objectives[axis].Direction == Direction.Maximize ? -1 : 1);
        if (by == 0) by = Losses.Compare(one.Losses, other.Losses);
        return by != 0 ? by : one.Trial.CompareTo(other.Trial);
    }

    /// <summary>In the order in which two losses are swept: members of a front, sorted by one of two losses, are sorted by the other backwards.</summary>
    private static Member[] Swept(Member[] members) => members is [var first, .., var last] && first.Losses[^1] > last.Losses[^1] ? [.. members.Reverse()] : members;

    private readonly record struct Member(TrialId Trial, double[] Losses);
}
