namespace Distributed.Search;

/// <summary>Analyses a sweep: hypervolume history, parameter importance, calibration of the surrogate. Pure.</summary>
public static class SweepAnalyzer
{
    private const int Least = 4;
    private const double BestPart = 0.1;
    private const int LeastBest = 3;

    /// <summary>What can be learnt from a sweep's closed trials and, but for its own hypervolume, from those of an earlier sweep that teach it.</summary>
    public static SweepAnalysis Of(AnalysisRequest request)
    {
        var problem = SearchProblem.Of(request.Spec, request.Profile, request.Imported);
        var closed = request.Trials.Where(trial => trial.IsClosed).ToList();
        var history = new SearchHistory([.. closed.Select(Observation.Of)], []) { Foreign = problem.WarmStart.Foreign };
        return new()
        {
            Hypervolume = Volumes(problem, [.. closed.OrderBy(trial => trial.Attempts.Count > 0 ? trial.Attempts[^1].Ended : null).ThenBy(trial => trial.Id).Select(Observation.Of)]),
            Importance = Importance(problem, history),
            Calibration = Calibration(problem, history),
        };
    }

    /// <summary>As on the front, a model that was measured slower than the dense one does not count, whatever the objectives are; where latency is none, noise is let through.</summary>
    private static List<HypervolumeAfter> Volumes(SearchProblem problem, List<Observation> trials)
    {
        Constraint[] constraints = [.. problem.Constraints, new(Metric.LatencyRatio, AtMost: LatencyMeasurement.MostOnFront)];
        return [.. trials.Zip(HypervolumeHistory.Of(problem.Objectives, constraints, trials), (trial, volume) => new HypervolumeAfter(trial.Trial, volume))];
    }

    /// <summary>Trials without values (stopped, failed) count among all and never among the best.</summary>
    private static List<ImportanceOfParameter> Importance(SearchProblem problem, SearchHistory history)
    {
        var encoding = new SpaceEncoding(problem.Space);
        var judged = Judged.Of(problem, history, encoding);
        if (judged.Count < Least || encoding.Axes.Count == 0) return [];
        List<Observation> others = [.. history.Closed.Where(trial => trial is { Candidate: not null, Values: null })];
        double[][] points = [.. judged.Select(trial => trial.Point), .. others.Select(trial => encoding.Encode(trial.Candidate!))];
        bool[][] active = [.. judged.Select(trial => encoding.Activity(trial.Candidate)), .. others.Select(trial => encoding.Activity(trial.Candidate!))];
        int[] ranks = Judged.Ranks(judged);
        double[] front = Shares([.. ranks.Select(rank => (double)rank)]);
        double[][] objectives = [.. problem.Objectives.Select((_, k) => Shares([.. judged.Select(trial => trial.Losses[k])]))];
        return
        [
            .. encoding.Axes
                .Select((axis, i) => new ImportanceOfParameter(axis.Name, front[i], [.. objectives.Select(shares => shares[i])]))
                .OrderByDescending(one => one.Front).ThenBy(one => one.Parameter, StringComparer.Ordinal),
        ];

        double[] Shares(double[] losses)
        {
            double limit = losses.Order().ElementAt(Math.Max(LeastBest, (int)Math.Ceiling(BestPart * losses.Length)) - 1);
            // Equal ones are all of the best or none, so that most are never called so.
            bool most = losses.Count(loss => loss <= limit) > Math.Max(LeastBest, losses.Length / 2);
            return ParameterImportance.Of(encoding.Axes, points, [.. points.Select((_, i) => i < losses.Length && (most ? losses[i] < limit : losses[i] <= limit))], active);
        }
    }

    /// <summary>A metric that was the same in every trial has nothing to foretell, and is left out.</summary>
    private static List<ModelCalibration> Calibration(SearchProblem problem, SearchHistory history)
    {
        if (Surrogates.Fit(problem, history, new(problem.Space)) is not { } surrogates) return [];
        return
        [
            .. from metric in surrogates.Modelled.Order().Where(metric => Varies(history, metric))
               let left = surrogates.LeaveOneOut(metric)
               where left.Errors.Count >= Least
               select new ModelCalibration(metric, left.Errors.Count, left.Explained, left.Error, left.Within(0.9944579), left.Within(1.959964), left.Spread),
        ];
    }

    private static bool Varies(SearchHistory history, Metric metric) => history.Closed
        .Where(trial => trial is { Candidate: not null, Values: not null })
        .Select(trial => trial.Values!.Of(metric))
        .Where(double.IsFinite)
        .Distinct()
        .Skip(1)
        .Any();
}
