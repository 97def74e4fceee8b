namespace Distributed.Sweeps;

/// <summary>A sweep that is to be analysed, as its log tells it.</summary>
/// <param name="Spec">What was asked.</param>
/// <param name="Profile">The dense model's profile.</param>
/// <param name="Trials">All trials by number; those that are not closed are passed over.</param>
/// <param name="Imported">What it took from an earlier sweep; null for nothing.</param>
public sealed record AnalysisRequest(SweepSpec Spec, ModelProfile Profile, IReadOnlyList<TrialState> Trials, SweepRecord.WarmStarted? Imported = null);
