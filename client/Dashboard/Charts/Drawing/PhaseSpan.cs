namespace Distributed.Dashboard;

/// <summary>An attempt was in a phase.</summary>
/// <param name="Trial">Which trial.</param>
/// <param name="Epoch">Which attempt.</param>
/// <param name="Slot">Where.</param>
/// <param name="Phase">Which phase.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended, or the log's last change while it runs.</param>
/// <param name="IsOpen">Whether it runs.</param>
/// <param name="Loss">In the last phase of an attempt that was lost or failed: why. Else null.</param>
public sealed record PhaseSpan(TrialId Trial, int Epoch, string Slot, TrialPhase Phase, DateTimeOffset Start, DateTimeOffset End, bool IsOpen, string? Loss)
{
    /// <summary>The phases of a sweep's latest attempts, attempt by attempt; before its first phase an attempt is loading.</summary>
    public static IReadOnlyList<PhaseSpan> Of(SweepView view, int mostAttempts)
    {
        var latest = view.Trials
            .SelectMany(trial => trial.Attempts.Select(attempt => (Trial: trial, Attempt: attempt)))
            .OrderByDescending(pair => pair.Attempt.Started).Take(mostAttempts).ToList();
        var marks = MarksOf(view, latest.Select(pair => (pair.Trial.Id, pair.Attempt.Epoch)).ToHashSet());
        return [.. latest.SelectMany(pair => Of(view, pair.Trial, pair.Attempt, marks[(pair.Trial.Id, pair.Attempt.Epoch)]))];
    }

    /// <summary>The phases of one attempt, in order.</summary>
    public static IReadOnlyList<PhaseSpan> Of(SweepView view, TrialState trial, AttemptState attempt) =>
        Of(view, trial, attempt, view.Phases.Where(mark => mark.Trial == trial.Id && mark.Epoch == attempt.Epoch));

    private static ILookup<(TrialId, int), PhaseMark> MarksOf(SweepView view, HashSet<(TrialId, int)> attempts) =>
        view.Phases.Where(mark => attempts.Contains((mark.Trial, mark.Epoch))).ToLookup(mark => (mark.Trial, mark.Epoch));

    private static List<PhaseSpan> Of(SweepView view, TrialState trial, AttemptState attempt, IEnumerable<PhaseMark> marks)
    {
        List<(TrialPhase Phase, DateTimeOffset Time)> starts = [(TrialPhase.Loading, attempt.Started), .. marks.Select(mark => (mark.Phase, mark.Time))];
        var end = attempt.Ended ?? (view.LastChange > attempt.Started ? view.LastChange : attempt.Started);
        List<PhaseSpan> spans = [];
        for (int i = 0; i < starts.Count; i++)
        {
            bool last = i == starts.Count - 1;
            var until = last ? end : starts[i + 1].Time;
            if (until <= starts[i].Time && !last) continue;
            spans.Add(new(trial.Id, attempt.Epoch, attempt.Slot, starts[i].Phase, starts[i].Time, until, last && attempt.Ended is null, last ? LossOf(trial, attempt) : null));
        }

        return spans;
    }

    private static string? LossOf(TrialState trial, AttemptState attempt) => attempt.Ending switch
    {
        null or "completed" or "stopped" or "released" => null,
        var ending when trial.Status == TrialStatus.Completed && attempt == trial.Attempts[^1] => ending == "completed" ? null : ending,
        var ending => ending,
    };
}
