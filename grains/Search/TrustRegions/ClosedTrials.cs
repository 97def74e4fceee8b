namespace Distributed.Search;

/// <summary>What trust regions ask of the closed trials.</summary>
internal sealed class ClosedTrials
{
    private readonly SearchHistory _history;
    private readonly IReadOnlyList<Axis> _axes;
    private readonly List<RegionTrial> _trials;

    public ClosedTrials(SearchProblem problem, SearchHistory history, SpaceEncoding encoding)
    {
        (_history, _axes) = (history, encoding.Axes);
        var bounds = Feasibility.All(problem.Objectives, problem.Constraints);
        _trials = [.. Of(history.Foreign, isForeign: true), .. Of(history.Closed, isForeign: false)];
        var own = _trials.Where(one => !one.IsForeign).ToList();
        Measured = _trials.Count(one => one.Losses is not null);
        Front = Best(own);
        Centres = Best(_trials);
        Length = RegionLength.Of(own.Select(one => one.IsFeasible ? one.Losses : null), _axes.Count);

        IEnumerable<RegionTrial> Of(IReadOnlyList<Observation> trials, bool isForeign) =>
            from trial in trials
            where trial.Candidate is not null
            let losses = LossesOf(problem, trial)
            let violation = losses is null ? double.PositiveInfinity : Feasibility.Violation(bounds, trial.Values!)
            select new RegionTrial(trial, isForeign, encoding.Encode(trial.Candidate!), losses, violation);
    }

    /// <summary>How many trials have finite objectives, foreign ones among them.</summary>
    public int Measured { get; }

    /// <summary>The non-dominated feasible trials of this search; the trial that breaks the constraints least where none is feasible.</summary>
    public IReadOnlyList<RegionTrial> Front { get; }

    /// <summary>The same over the foreign trials too: a region may lie where an earlier sweep was good.</summary>
    public IReadOnlyList<RegionTrial> Centres { get; }

    /// <summary>The length of the regions.</summary>
    public double Length { get; }

    /// <summary>The history with no more than the trials nearest to a region's centre, foreign ones among them, and the dense baseline, each in the order of the log.</summary>
    public SearchHistory Near(TrustRegion region, int count)
    {
        var near = _trials.OrderBy(one => region.Distance(one.Point, _axes)).Take(count).ToLookup(one => one.IsForeign, one => one.Trial);
        return _history with
        {
            Closed = [.. _history.Closed.Where(trial => trial.Candidate is null).Concat(near[false]).OrderBy(trial => trial.Trial)],
            Foreign = [.. near[true].OrderBy(trial => trial.Trial)],
        };
    }

    private static IReadOnlyList<RegionTrial> Best(List<RegionTrial> trials)
    {
        var feasible = trials.FindAll(one => one.IsFeasible);
        var standing = feasible.Count > 0 ? feasible : [.. trials.Where(one => one.Losses is not null).OrderBy(one => one.Violation).Take(1)];
        return [.. NonDominated.Of([.. standing.Select(one => one.Losses!)]).Select(k => standing[k])];
    }

    private static double[]? LossesOf(SearchProblem problem, Observation trial)
    {
        if (trial.Values is not { } values) return null;
        double[] losses = Losses.Of(problem.Objectives, values.Of);
        return losses.All(double.IsFinite) ? losses : null;
    }
}
