namespace Distributed.Search;

/// <summary>What trust regions ask of the closed trials.</summary>
internal sealed class ClosedTrials
{
    private readonly SearchHistory _history;
    private readonly IReadOnlyList<Axis> _axes;
    private readonly List<(Observation Trial, double[] Point)> _trials;

    public ClosedTrials(SearchProblem problem, SearchHistory history, SpaceEncoding encoding)
    {
        (_history, _axes) = (history, encoding.Axes);
        var bounds = Feasibility.All(problem.Objectives, problem.Constraints);
        _trials = [.. history.Closed.Where(trial => trial.Candidate is not null).Select(trial => (trial, encoding.Encode(trial.Candidate!)))];
        double[]?[] losses = [.. _trials.Select(one => LossesOf(problem, one.Trial))];
        bool IsFeasible(int i) => losses[i] is not null && Feasibility.Violation(bounds, _trials[i].Trial.Values!) == 0;
        int[] measured = [.. Enumerable.Range(0, _trials.Count).Where(i => losses[i] is not null)];
        int[] feasible = [.. measured.Where(IsFeasible)];
        Measured = measured;
        var standing = feasible.Length > 0 ? feasible : [.. measured.OrderBy(i => Feasibility.Violation(bounds, _trials[i].Trial.Values!)).Take(1)];
        Front = [.. NonDominated.Of([.. standing.Select(i => losses[i]!)]).Select(k => standing[k])
            .Select(i => (_trials[i].Trial.Trial, _trials[i].Point, losses[i]!))];
        Length = RegionLength.Of(Enumerable.Range(0, losses.Length).Select(i => IsFeasible(i) ? losses[i] : null), _axes.Count);
    }

    /// <summary>The trials with finite objectives.</summary>
    public IReadOnlyList<int> Measured { get; }

    /// <summary>The non-dominated feasible trials; the trial that breaks the constraints least where none is feasible.</summary>
    public IReadOnlyList<(TrialId Trial, double[] Point, double[] Losses)> Front { get; }

    /// <summary>The length of the regions.</summary>
    public double Length { get; }

    /// <summary>The trials nearest to a region's centre, and the dense baseline, in the order of the log.</summary>
    public IReadOnlyList<Observation> Nearest(TrustRegion region, int count)
    {
        var near = _trials.OrderBy(one => region.Distance(one.Point, _axes)).Take(count).Select(one => one.Trial);
        return [.. _history.Closed.Where(trial => trial.Candidate is null).Concat(near).OrderBy(trial => trial.Trial)];
    }

    private static double[]? LossesOf(SearchProblem problem, Observation trial)
    {
        if (trial.Values is not { } values) return null;
        double[] losses = Losses.Of(problem.Objectives, values.Of);
        return losses.All(double.IsFinite) ? losses : null;
    }
}
