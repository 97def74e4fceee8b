using Distributed.Contracts;

namespace Distributed.Grains;

/// <summary>A sweep in one line, from its state.</summary>
internal static class SweepSummaries
{
    /// <summary>The line of a sweep of which it is known how many candidates are closed.</summary>
    public static SweepSummary Of(SweepId name, SweepState state, int closed) => new()
    {
        Name = name,
        Status = state.Status,
        Closed = closed,
        Trials = state.Spec?.Budget.Trials,
        Front = state.Front.Count,
        Hypervolume = state.Hypervolume,
        Launched = state.Launched,
        Weight = state.Weight,
        Priority = state.Priority,
        Device = state.Spec?.Device,
    };
}
