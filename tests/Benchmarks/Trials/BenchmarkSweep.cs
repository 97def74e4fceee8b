using Distributed.Artifacts;
using Distributed.Compression.Training;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>A sweep of ResNet-8 on generated images in a folder of its own, and its baseline: what trials are timed on.</summary>
internal sealed class BenchmarkSweep : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("benchmark-");
    private readonly CompressionTrialRunner _runner;

    /// <param name="spec">Model, data, training.</param>
    /// <param name="cache">A folder that outlives the sweep, for decoded images; null for one of its own.</param>
    /// <param name="tells">Whether the baseline tells its phases and epochs.</param>
    public BenchmarkSweep(SweepSpec spec, string? cache = null, bool tells = false)
    {
        Spec = spec;
        cache ??= Path.Combine(_folder.FullName, "cache");
        _runner = new(DirectoryStore.Create(Path.Combine(_folder.FullName, "store"), TimeProvider.System).Artifacts, cache, TrainingDevice.Cpu, TimeProvider.System);
        Baseline = Run(new() { Spec = spec, Trial = TrialId.Dense, Epoch = 1 }, new() { Told = tells ? "dense" : null }) as TrialOutcome.Prepared
            ?? throw new InvalidOperationException("The baseline failed.");
    }

    public SweepSpec Spec { get; }

    public TrialOutcome.Prepared Baseline { get; }

    /// <summary>The validation accuracy of a candidate after slicing and recalibration: rung 0, where it ends.</summary>
    public double AtRungZero(int trial, Candidate candidate, ModelProfile profile)
    {
        double accuracy = double.NaN;
        Run(Assignment(trial, candidate, profile), new()
        {
            Decide = report =>
            {
                accuracy = report.Accuracy;
                return "only rung 0 is asked for";
            },
        });
        return accuracy;
    }

    /// <summary>Runs a candidate to its end.</summary>
    public TrialOutcome.Completed Run(int trial, Candidate candidate, PhaseClock clock, ModelProfile? profile = null)
    {
        var outcome = Run(Assignment(trial, candidate, profile ?? Baseline.Profile), clock);
        return outcome as TrialOutcome.Completed ?? throw new InvalidOperationException($"Trial {trial} ended with {outcome}.");
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private TrialAssignment Assignment(int trial, Candidate candidate, ModelProfile profile) =>
        new() { Spec = Spec, Trial = new(trial), Epoch = 1, Candidate = candidate, Profile = profile, Dense = Baseline.Artifacts };

    private TrialOutcome? Run(TrialAssignment assignment, PhaseClock clock)
    {
        var outcome = _runner.Run(assignment, clock);
        clock.Stop();
        return outcome;
    }
}
