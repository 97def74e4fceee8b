using System.CommandLine;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>Narrower layers, fewer residual branches, int8 and a teacher in one trial, against the dense float32 ResNet-20 after its own fine-tuning.</summary>
/// <remarks>The pruned network may learn for longer than the dense one did. Latency means something on an idle machine only.</remarks>
internal sealed class CombinedBenchmark : IBenchmark
{
    private const double Faster = 3, Smaller = 6, MostLost = 0.01;
    private readonly RecoveryOptions _options = new(epochs: 8, ["criterion=l1", "depth-ratio=0.22", "distillation=0.5", "precision=int8"]);

    public Command Command()
    {
        var command = _options.On(new("combined", "Prune + int8 + distillation on ResNet-20 (to reach: 3× faster, 6× smaller, at most 1 point lost)."));
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        TorchRuntime.Initialize(1, "cpu");
        var cache = Directory.CreateTempSubdirectory("combined-");
        bool[] reached = [.. _options.Specs(parsed).Select(spec => IsReached(spec, _options.Parameters(parsed), cache.FullName))];
        cache.Delete(recursive: true);
        return reached.All(one => one) ? 0 : 1;
    }

    private static bool IsReached(SweepSpec spec, IReadOnlyDictionary<string, ParameterValue> parameters, string cache)
    {
        using var sweep = new BenchmarkSweep(spec, cache, tells: true);
        var (profile, dense) = (sweep.Baseline.Profile, sweep.Baseline.Measurement);
        var arm = RecoveryPlans.Int8(profile, parameters);
        foreach (var branch in profile.Branches) Console.Error.WriteLine(Invariant($"without the branch at {branch.Name}: loss {branch.LossRise:+0.000;-0.000}"));
        var found = sweep.Run(1, arm.Candidate(profile), new() { Told = arm.Name }, arm.Profile(profile)).Measurement;
        double lost = dense.TestAccuracy - found.TestAccuracy, faster = 1 / found.Latency.Ratio, smaller = dense.Bytes / (double)found.Bytes;
        Console.WriteLine(Invariant($"seed {spec.Seed}: dense {100 * dense.TestAccuracy:0.00} % test after {spec.Baseline.Epochs} epochs of {spec.Dataset.Train} images; {arm.Name} after {spec.Recovery.Epochs}: {100 * found.Accuracy:0.00} % validation, {100 * found.TestAccuracy:0.00} % test, {100 * lost:0.00} points lost, {faster:0.00}× faster, {smaller:0.00}× smaller, {dense.Macs / (double)found.Macs:0.00}× fewer MACs{(found.Latency.Settled ? "" : " (never settled)")}"));
        return faster >= Faster && smaller >= Smaller && lost <= MostLost;
    }
}
