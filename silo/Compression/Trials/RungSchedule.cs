using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>At which epochs a trial asks whether to go on: FirstRung · η^k, below its own end. Rung 0 is before the first epoch.</summary>
internal static class RungSchedule
{
    /// <summary>Optimizer steps of rungs 1, 2, …, ascending, all below the last step; rungs that fall on one step are one.</summary>
    /// <param name="spec">When trials may be stopped; none when it is off, or its rungs would not ascend.</param>
    /// <param name="stepsPerEpoch">At least 1.</param>
    /// <param name="totalSteps">Steps of the whole trial.</param>
    public static List<int> Steps(EarlyStoppingSpec spec, int stepsPerEpoch, int totalSteps)
    {
        if (!spec.Enabled || !(spec.FirstRung > 0 && spec.Reduction > 1)) return [];
        var steps = new List<int>();
        for (double epochs = spec.FirstRung; ; epochs *= spec.Reduction)
        {
            int step = Math.Max(1, (int)Math.Round(epochs * stepsPerEpoch));
            if (step >= totalSteps) return steps;
            if (steps.Count == 0 || step > steps[^1]) steps.Add(step);
        }
    }
}
