using Distributed.Sweeps;

namespace Distributed.Testing;

/// <summary>Trials whose results are known beforehand: by a formula, or from a table. Pure: asked again they answer the same.</summary>
public interface ISimulatedTrials
{
    /// <summary>What the dense baseline gives.</summary>
    TrialOutcome.Prepared Baseline { get; }

    /// <summary>Epochs of a whole trial.</summary>
    double Epochs { get; }

    /// <summary>Top-1 on the validation split after so many epochs, in [0, 1].</summary>
    double Accuracy(Candidate candidate, double epochs);

    /// <summary>What the whole trial measures.</summary>
    Measurement Measure(Candidate candidate);
}
