using System.Runtime.CompilerServices;
using Distributed.Search;

namespace Distributed.Grains;

/// <summary>The search room as the grains ask it.</summary>
internal sealed class SweepSearch : ISweepSearch
{
    private readonly ConditionalWeakTable<ModelProfile, SearchProblem> _problems = [];

    public SweepRecord.Suggested? Suggest(SearchMoment moment)
    {
        SearchHistory history = new(
            [.. moment.Known.Select(Observation.Of)], [.. moment.Pending.Select(trial => trial.Candidate).OfType<Candidate>()]);
        return Samplers.Find(moment.Spec.Sampler.Name).Suggest(Problem(moment), history, 1) is [var suggestion, ..]
            ? new(moment.Trial, suggestion.Candidate, suggestion.Reason)
            : null;
    }

    public string? AtRung(SearchMoment moment, Candidate candidate, RungReport report)
    {
        var forecast = Problem(moment).Forecast;
        bool whateverIsKnown = moment.Spec.Sampler.Horizon <= 0;
        var peers = RungStanding.At(whateverIsKnown ? moment.Known.Concat(moment.Pending) : moment.Known, report.Rung, forecast);
        RungStanding standing = new(moment.Trial, report, forecast.Costs(candidate));
        return EarlyStopping.Decide(moment.Spec.EarlyStopping, moment.Spec.Objectives, standing, peers);
    }

    public SweepRecord.FrontChanged Front(SweepSpec spec, TrialState dense, IReadOnlyList<TrialState> worthy)
    {
        var front = Search.Front.Of(spec.Objectives, spec.Constraints, worthy.Prepend(dense).Select(Observation.Of));
        return new([.. front.Members.Select(member => member.Trial)], front.Hypervolume);
    }

    private SearchProblem Problem(SearchMoment moment) =>
        _problems.GetValue(moment.Profile, profile => SearchProblem.Of(moment.Spec, profile));
}
