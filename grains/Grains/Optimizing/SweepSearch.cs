using System.Runtime.CompilerServices;
using Distributed.Search;

namespace Distributed.Grains;

/// <summary>The search room as the grains ask it.</summary>
internal sealed class SweepSearch : ISweepSearch
{
    private readonly ConditionalWeakTable<ModelProfile, Searched> _problems = [];

    public SweepRecord.Suggested? Suggest(SearchMoment moment)
    {
        var (problem, forms) = Problem(moment);
        SearchHistory history = new(
            moment.Seen ?? [.. moment.Known.Select(Observation.Of)], [.. moment.Pending.Select(trial => trial.Candidate).OfType<Candidate>()])
        {
            Foreign = problem.WarmStart.Foreign,
            Forms = FormsOf(moment, forms),
        };
        if (problem.WarmStart.Next(problem, history) is { } known) return new(moment.Trial, known.Candidate, known.Reason);
        return Samplers.Find(moment.Spec.Sampler.Name).Suggest(problem, history, 1) is [var suggestion, ..]
            ? new(moment.Trial, suggestion.Candidate, suggestion.Reason)
            : null;
    }

    public string? AtRung(SearchMoment moment, TrialState trial, RungReport report)
    {
        var problem = Problem(moment).Problem;
        bool whateverIsKnown = moment.Spec.Sampler.Horizon <= 0;
        var peers = RungStanding.At(problem, whateverIsKnown ? moment.Known.Concat(moment.Pending) : moment.Known, report.Rung);
        return EarlyStopping.Decide(moment.Spec.EarlyStopping, moment.Spec.Objectives, RungStanding.Of(problem, trial, report), peers);
    }

    private Searched Problem(SearchMoment moment) => _problems.GetValue(moment.Profile, profile =>
    {
        var problem = SearchProblem.Of(moment.Spec, profile, moment.Imported);
        return new(problem, new(problem));
    });

    /// <summary>Of all trials by number, the dense baseline left out: whatever is known of them, their candidates never change.</summary>
    private static IReadOnlySet<string>? FormsOf(SearchMoment moment, TakenForms forms)
    {
        if (moment.Kept == 0) return null;
        TrialState[] behind = [.. moment.Known.Skip(moment.Kept).Concat(moment.Pending).OrderBy(trial => trial.Id)];
        return forms.Of(moment.Kept + behind.Length - 1, i => (i + 1 < moment.Kept ? moment.Known[i + 1] : behind[i + 1 - moment.Kept]).Candidate!);
    }

    private sealed record Searched(SearchProblem Problem, TakenForms Forms);
}
