using Distributed.Artifacts;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>A sweep of ResNet-8 on generated images in a folder of its own, and its baseline: what trials are timed on.</summary>
internal sealed class BenchmarkSweep : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("benchmark-");
    private readonly CompressionTrialRunner _runner;

    public BenchmarkSweep(SweepSpec spec)
    {
        Spec = spec;
        string cache = Path.Combine(_folder.FullName, "cache");
        _runner = new(DirectoryStore.Create(Path.Combine(_folder.FullName, "store"), TimeProvider.System).Artifacts, cache, TimeProvider.System);
        Baseline = Run(new() { Spec = spec, Trial = TrialId.Dense, Epoch = 1 }, new()) as TrialOutcome.Prepared
            ?? throw new InvalidOperationException("The baseline failed.");
    }

    public SweepSpec Spec { get; }

    public TrialOutcome.Prepared Baseline { get; }

    /// <summary>Runs a candidate to its end.</summary>
    public TrialOutcome.Completed Run(int trial, Candidate candidate, PhaseClock clock)
    {
        var outcome = Run(
            new() { Spec = Spec, Trial = new(trial), Epoch = 1, Candidate = candidate, Profile = Baseline.Profile, Dense = Baseline.Artifacts }, clock);
        return outcome as TrialOutcome.Completed ?? throw new InvalidOperationException($"Trial {trial} ended with {outcome}.");
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private TrialOutcome? Run(TrialAssignment assignment, PhaseClock clock)
    {
        var outcome = _runner.Run(assignment, clock);
        clock.Stop();
        return outcome;
    }
}
