using Distributed.Sweeps;

namespace Distributed.Testing;

/// <summary>Trials that were run once, taken from a sweep's state: their rungs and measurements, and nothing else.</summary>
/// <remarks>Rungs that a trial was not asked at are read by the last one before. Only completed trials are in the table.</remarks>
public sealed class TabulatedTrials : ISimulatedTrials
{
    private readonly Dictionary<Candidate, TrialState> _trials;

    /// <param name="recorded">A sweep whose trials ran to their end.</param>
    public TabulatedTrials(SweepState recorded)
    {
        var dense = recorded.Dense is { Measurement: not null, Artifacts: not null } trial && recorded.Profile is not null
            ? trial
            : throw new ArgumentException("The recorded sweep has no dense baseline.", nameof(recorded));
        Baseline = new(dense.Measurement!, recorded.Profile!, dense.Artifacts!, dense.Imported);
        _trials = recorded.Trials.Where(one => one is { Candidate: not null, Measurement: not null }).ToDictionary(one => one.Candidate!);
        Epochs = _trials.Count == 0 ? 0 : _trials.Values.Max(one => one.Epochs);
    }

    /// <summary>What the table holds.</summary>
    public IReadOnlyCollection<Candidate> Candidates => _trials.Keys;

    /// <inheritdoc/>
    public TrialOutcome.Prepared Baseline { get; }

    /// <inheritdoc/>
    public double Epochs { get; }

    /// <inheritdoc/>
    public double Accuracy(Candidate candidate, double epochs) => epochs >= Epochs
        ? Measure(candidate).Accuracy
        : Find(candidate).Rungs.LastOrDefault(rung => rung.Epochs <= epochs)?.Accuracy ?? 0;

    /// <inheritdoc/>
    public Measurement Measure(Candidate candidate) => Find(candidate).Measurement!;

    private TrialState Find(Candidate candidate) => _trials.TryGetValue(candidate, out var trial)
        ? trial
        : throw new KeyNotFoundException($"The table has no trial of '{candidate}'.");
}
