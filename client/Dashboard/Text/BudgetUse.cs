namespace Distributed.Dashboard;

/// <summary>How much of a sweep's budget is used.</summary>
/// <param name="Part">In [0, 1], of the part that is used most; 0 where there is no bound.</param>
/// <param name="Trials">"12 of 40 trials".</param>
/// <param name="Time">"1:02 of 4:00".</param>
public sealed record BudgetUse(double Part, string Trials, string Time)
{
    /// <summary>At a moment.</summary>
    public static BudgetUse Of(SweepView view, DateTimeOffset now)
    {
        int closed = view.Trials.Count(trial => trial is { IsClosed: true, Id.IsDense: false });
        var elapsed = view.ElapsedAt(now);
        var budget = view.Spec?.Budget;
        double ofTrials = budget?.Trials is { } trials ? closed / (double)Math.Max(1, trials) : 0;
        double ofTime = budget?.Time is { } time ? elapsed / time : 0;
        return new(
            Math.Clamp(Math.Max(ofTrials, ofTime), 0, 1),
            budget?.Trials is { } most ? Invariant($"{closed} of {most} trials") : Invariant($"{closed} trials"),
            budget?.Time is { } limit ? $"{Quantity.Clock(elapsed)} of {Quantity.Clock(limit)}" : Quantity.Clock(elapsed));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Trials}, {Time}";
}
