using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>Both arms of one seed.</summary>
/// <param name="Uniform">What uniform L1 pruning came to.</param>
/// <param name="Ours">What our plan came to.</param>
internal sealed record RecoveryComparison(Measurement Uniform, Measurement Ours)
{
    /// <summary>Test accuracy won, in [−1, 1].</summary>
    public double Gain => Ours.TestAccuracy - Uniform.TestAccuracy;

    /// <summary>Fits the dense model, chooses a shape on the validation split, runs both arms.</summary>
    /// <param name="spec">Model, data, budget, seed.</param>
    /// <param name="ours">Our plan's parameters.</param>
    /// <param name="cache">For decoded images.</param>
    public static RecoveryComparison Run(SweepSpec spec, IReadOnlyDictionary<string, ParameterValue> ours, string cache)
    {
        using var sweep = new BenchmarkSweep(spec, cache, tells: true);
        var (profile, dense) = (sweep.Baseline.Profile, sweep.Baseline.Measurement);
        Console.WriteLine(Invariant($"seed {spec.Seed}: dense {100 * sweep.Baseline.Imported!.Test:0.00} % test as imported, {100 * dense.TestAccuracy:0.00} % after {spec.Baseline.Epochs} epochs of {spec.Dataset.Train} images; each arm gets {spec.Recovery.Epochs} epochs"));
        int trial = 0;
        var shapes = RecoveryPlans.Aligned(profile).Select(shape => new RecoveryArm(shape.Name, shape.Widths, ours)).ToList();
        var choice = shapes.Select(arm => (Arm: arm, Accuracy: sweep.AtRungZero(++trial, arm.Candidate(profile), arm.Profile(profile)))).ToList();
        foreach (var (arm, accuracy) in choice) Console.WriteLine(Invariant($"  {arm.Name}: {100 * accuracy:0.00} % validation before fine-tuning"));
        var uniform = Finish(RecoveryPlans.Uniform(profile));
        return new(uniform, Finish(choice.MaxBy(option => option.Accuracy).Arm));

        Measurement Finish(RecoveryArm arm)
        {
            var found = sweep.Run(++trial, arm.Candidate(profile), new() { Told = arm.Name }, arm.Profile(profile)).Measurement;
            Console.WriteLine(Invariant($"  {arm.Name}: {100 * found.Accuracy:0.00} % validation, {100 * found.TestAccuracy:0.00} % test, {dense.Macs / (double)found.Macs:0.00}× fewer MACs, {1 / found.Latency.Ratio:0.00}× faster{(found.Latency.Settled ? "" : " (never settled)")}"));
            return found;
        }
    }
}
