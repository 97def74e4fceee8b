namespace Distributed.Sweeps;

/// <summary>What an imported model scored before any training of ours.</summary>
/// <param name="Validation">Top-1 on the validation split, in [0, 1].</param>
/// <param name="Test">Top-1 on the test split, in [0, 1].</param>
[GenerateSerializer, Immutable, Alias("imported-accuracy.v1")]
public sealed record ImportedAccuracy(double Validation, double Test);
