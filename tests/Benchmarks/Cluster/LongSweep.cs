using System.Collections.Immutable;
using Distributed.Grains;
using Distributed.Sweeps;
using Distributed.Testing;

namespace Distributed.Benchmarks;

/// <summary>A sweep that has been going on for long: its log is written straight into the store.</summary>
internal static class LongSweep
{
    private const int TrialsAtOnce = 100;
    private static readonly AnalyticTrials Trials = new();
    private static readonly string Hash = new('a', 64);

    /// <summary>A sweep without an end, of a sampler that costs nothing.</summary>
    public static SweepSpec Spec(string name, int horizon, int? trials = null) => new()
    {
        Name = new(name),
        Model = new() { Zoo = "analytic" },
        Dataset = new() { Format = "shapes" },
        Space = AnalyticTrials.Space,
        Sampler = new() { Name = "random", Horizon = horizon },
        EarlyStopping = new() { Enabled = false },
        Budget = new() { Trials = trials ?? 10_000_000 },
    };

    /// <summary>How a trial ends that is not really run.</summary>
    public static TrialOutcome Outcome(TrialId trial, int epoch, Random chance) => trial.IsDense
        ? Trials.Baseline
        : new TrialOutcome.Completed(Measured(chance), Files(trial, epoch), 2);

    /// <summary>Writes a log of closed trials: suggested, leased, two phases, closed, and the front where it changed.</summary>
    /// <returns>Records.</returns>
    public static async Task<long> Write(ISweepLogStore logs, SweepSpec spec, int trials)
    {
        Random chance = new(1);
        FrontFold front = new();
        await using var log = await logs.Own(spec.Name);
        List<SweepRecord> records = [new SweepRecord.Launched(spec)];
        for (int i = 0; i <= trials; i++)
        {
            TrialId trial = new(i);
            records.Add(new SweepRecord.Suggested(trial, i == 0 ? null : Candidate(chance), "random", i == 0 ? null : log.Next + records.Count));
            records.Add(new SweepRecord.Leased(trial, 1, $"host{i % 100}/{i % 10}"));
            records.Add(new SweepRecord.PhaseStarted(trial, 1, TrialPhase.FineTuning));
            records.Add(new SweepRecord.PhaseStarted(trial, 1, TrialPhase.Measuring));
            SweepRecord.TrialClosed closed = new(trial, 1, Outcome(trial, 1, chance));
            records.Add(closed);
            if (front.After(spec, trial, closed.Outcome) is { } changed) records.Add(changed);
            front.Take(spec, trial, closed.Outcome);
            if (i % TrialsAtOnce != 0 && i != trials) continue;
            await log.Append(records);
            records = [];
        }

        return log.Next;
    }

    private static Candidate Candidate(Random chance)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, ParameterValue>(StringComparer.Ordinal);
        foreach (string family in (string[])["stage0", "stage1", "stage2", "stage3"]) values[$"ratio/{family}"] = 0.8 * chance.NextDouble();
        values[ParameterNames.LearningRate] = 0.002 + (0.1 * chance.NextDouble());
        values[ParameterNames.Criterion] = "taylor";
        return new(values.ToImmutable());
    }

    private static Measurement Measured(Random chance)
    {
        double ratio = 0.2 + (0.79 * chance.NextDouble());
        double accuracy = 0.94 - (0.4 * Math.Pow(1 - ratio, 2)) - (0.1 * chance.NextDouble());
        return Trials.Baseline.Measurement with { Accuracy = accuracy, TestAccuracy = accuracy, Latency = Trials.Baseline.Measurement.Latency with { Ratio = ratio, MedianMs = ratio } };
    }

    private static TrialArtifacts Files(TrialId trial, int epoch) => new(File(trial, epoch, "model.onnx"), File(trial, epoch, "plan.json"), File(trial, epoch, "lineage.json"));

    private static ArtifactRef File(TrialId trial, int epoch, string name) => new(new(Invariant($"sweep/trial-{trial}/e{epoch}/{name}")), Hash, 123_456);
}
