using System.Runtime.CompilerServices;
using Distributed.Search;

namespace Distributed.Grains;

/// <summary>The search room as the grains ask it.</summary>
internal sealed class SweepSearch : ISweepSearch
{
    private readonly ConditionalWeakTable<ModelProfile, SearchProblem> _problems = [];

    public SweepRecord.Suggested? Suggest(SearchMoment moment)
    {
        var problem = Problem(moment);
        SearchHistory history = new(
            [.. moment.Known.Select(Observation.Of)], [.. moment.Pending.Select(trial => trial.Candidate).OfType<Candidate>()])
        {
            Foreign = problem.WarmStart.Foreign,
        };
        if (problem.WarmStart.Next(problem, history) is { } known) return new(moment.Trial, known.Candidate, known.Reason);
        return Samplers.Find(moment.Spec.Sampler.Name).Suggest(problem, history, 1) is [var suggestion, ..]
            ? new(moment.Trial, suggestion.Candidate, suggestion.Reason)
            : null;
    }

    public string? AtRung(SearchMoment moment, TrialState trial, RungReport report)
    {
        var problem = Problem(moment);
        bool whateverIsKnown = moment.Spec.Sampler.Horizon <= 0;
        var peers = RungStanding.At(problem, whateverIsKnown ? moment.Known.Concat(moment.Pending) : moment.Known, report.Rung);
        return EarlyStopping.Decide(moment.Spec.EarlyStopping, moment.Spec.Objectives, RungStanding.Of(problem, trial, report), peers);
    }

    private SearchProblem Problem(SearchMoment moment) =>
        _problems.GetValue(moment.Profile, profile => SearchProblem.Of(moment.Spec, profile, moment.Imported));
}
