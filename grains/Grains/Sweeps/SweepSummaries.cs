using Distributed.Contracts;

namespace Distributed.Grains;

/// <summary>A sweep in one line, from its state.</summary>
internal static class SweepSummaries
{
    /// <summary>The line.</summary>
    public static SweepSummary Of(SweepId name, SweepState state) => new()
    {
        Name = name,
        Status = state.Status,
        Closed = state.Trials.Count(trial => trial.IsClosed && !trial.Id.IsDense),
        Trials = state.Spec?.Budget.Trials,
        Front = state.Front.Count,
        Hypervolume = state.Hypervolume,
        Launched = state.Launched,
    };
}
