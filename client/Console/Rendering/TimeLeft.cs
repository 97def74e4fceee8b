using Distributed.Client.Sessions;

namespace Distributed.Client.Rendering;

/// <summary>How long a sweep will still take, judged by what its closed trials took.</summary>
internal static class TimeLeft
{
    /// <summary>An estimate, or null while there is nothing to judge by.</summary>
    public static TimeSpan? Of(SweepPicture picture, DateTimeOffset now)
    {
        if (picture.State.Spec is not { } spec || picture.HasEnded) return null;
        var elapsed = picture.ElapsedAt(now);
        var searching = elapsed - BaselineTime(picture);
        int closed = picture.State.Trials.Count(trial => trial.IsClosed && !trial.Id.IsDense);
        double epochs = picture.State.Trials.Sum(trial => trial.Epochs);
        List<TimeSpan> limits = [];
        if (spec.Budget.Time is { } time) limits.Add(time > elapsed ? time - elapsed : TimeSpan.Zero);
        if (spec.Budget.Trials is { } trials && closed > 0) limits.Add(searching * Math.Max(0, trials - closed) / closed);
        if (spec.Budget.Epochs is { } budget && epochs > 0) limits.Add(searching * Math.Max(0, budget - epochs) / epochs);
        return limits.Count == 0 ? null : limits.Min();
    }

    /// <summary>What the dense baseline took, which says nothing about the candidates.</summary>
    private static TimeSpan BaselineTime(SweepPicture picture) => picture.State.Dense is { IsClosed: true } dense
        ? dense.Attempts.Aggregate(TimeSpan.Zero, (sum, attempt) => sum + ((attempt.Ended ?? attempt.Started) - attempt.Started))
        : TimeSpan.Zero;
}
