using Distributed.Sweeps;
using Distributed.Testing;

namespace Distributed.Benchmarks;

/// <summary>A sweep at full budget beside the same one with early stopping.</summary>
/// <param name="Saved">Epochs that the full one needs for 95 % of its final hypervolume, divided by those that the other needs for the same.</param>
/// <param name="AllEpochs">All epochs of the full one divided by those of the other.</param>
/// <param name="FinalHypervolume">Final hypervolume of the stopping one divided by that of the full one.</param>
/// <param name="Front">Candidates on the full one's final front that the other tried too.</param>
/// <param name="WronglyStopped">Those of them that it stopped.</param>
internal sealed record StoppingComparison(double Saved, double AllEpochs, double FinalHypervolume, int Front, int WronglyStopped)
{
    /// <param name="Seed">Of sweep and noise.</param>
    /// <param name="Sampler">Who proposes.</param>
    /// <param name="Trials">Trials of the sweep.</param>
    /// <param name="Workers">Simulated devices.</param>
    /// <param name="Rule">The stopping rule.</param>
    /// <param name="Protection">Of the front.</param>
    internal sealed record Setting(ulong Seed, string Sampler, int Trials, int Workers, string Rule, double Protection);

    public static async Task<StoppingComparison> Run(Setting setting)
    {
        var (full, fullState) = await Sweep(setting, false);
        var (stopping, stoppingState) = await Sweep(setting, true);
        double goal = 0.95 * full[^1].Hypervolume;
        double needed = SweepMoment.Reaching(full, goal)!.Epochs;
        double used = SweepMoment.Reaching(stopping, goal)?.Epochs ?? double.PositiveInfinity;
        var front = fullState.Front.Where(trial => !trial.IsDense).Select(trial => fullState.Trials[trial.Number].Candidate!).ToHashSet();
        var tried = stoppingState.Trials.Where(trial => trial.Candidate is not null && front.Contains(trial.Candidate)).ToList();
        return new(
            needed / used,
            full[^1].Epochs / stopping[^1].Epochs,
            stopping[^1].Hypervolume / full[^1].Hypervolume,
            tried.Count,
            tried.Count(trial => trial.Status == TrialStatus.Stopped));
    }

    private static async Task<(IReadOnlyList<SweepMoment> Moments, SweepState State)> Sweep(Setting setting, bool stops)
    {
        var (cluster, clock) = await SimulatedCluster.StartSimulated();
        await using (cluster)
        {
            SweepSpec spec = new()
            {
                Name = new(stops ? "stopping" : "full"),
                Seed = setting.Seed,
                Model = new() { Zoo = "analytic" },
                Dataset = new() { Format = "shapes" },
                Space = AnalyticTrials.Space,
                Objectives = [new(Metric.Accuracy, Direction.Maximize, 0.75), new(Metric.LatencyRatio, Direction.Minimize, 1)],
                Sampler = new() { Name = setting.Sampler, Horizon = 2 * setting.Workers },
                EarlyStopping = new() { Enabled = stops, FirstRung = 1, Reduction = 3, Rule = setting.Rule, Protection = setting.Protection },
                Budget = new() { Trials = setting.Trials },
            };
            var grain = cluster.Sweep(spec.Name);
            await new SimulatedSweep(grain, clock, new AnalyticTrials(setting.Seed), SimulatedDevice.Fleet(setting.Workers), setting.Seed).Run(spec);
            var log = await SimulatedSweep.Log(grain);
            return (SweepMoment.Of(log), await SimulatedSweep.Read(grain));
        }
    }
}
