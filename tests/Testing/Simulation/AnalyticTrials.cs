using Distributed.Sweeps;

namespace Distributed.Testing;

/// <summary>Learning curves in closed form over a network of four families.</summary>
/// <remarks>
/// Notation: u_f ∈ [0, 1) the part of family f that is gone, s = (0.10, 0.14, 0.08, 0.05), c the criterion's factor (taylor 1, l1 1.25, random 2),
/// λ = log₁₀(learning rate / 0.02), E the epochs of a whole trial, ε standard normal draws named by seed, candidate and epoch.
/// Final accuracy a_E = 0.94 − c Σ s_f u_f^1.5 − 0.06 λ². After recalibration a_0 = a_E − (0.05 + 0.5 ū), ū the mean of u.
/// In between a(e) = a_∞ − (a_∞ − a_0)(1 + e/τ)^(−1.3) (a power law, as Domhan et al. 2015 fit curves), τ = 10^(−λ/2) epochs: small rates learn
/// slowly, so that curves cross; a_∞ is such that a(E) = a_E. What is seen is a(e) + ε √(a(1 − a)/Images).
/// </remarks>
public sealed class AnalyticTrials(ulong seed = 0, double epochs = 27, int images = 5000) : ISimulatedTrials
{
    private const double Exponent = -1.3;
    private static readonly double[] Sensitivities = [0.10, 0.14, 0.08, 0.05];
    private static readonly int[] Dense = [32, 64, 64, 128];
    private static readonly ModelProfile Profile = NewProfile();
    private static readonly CostModel Costs = new(Profile);
    private static readonly TrialArtifacts Files = new(File("model.onnx"), File("plan.json"), File("lineage.json"));

    /// <summary>A ratio for each family, learning rate and criterion.</summary>
    public static SearchSpace Space { get; } = new([
        new Parameter.Real(ParameterNames.Ratio, 0, 0.8, PerFamily: true),
        new Parameter.Real(ParameterNames.LearningRate, 0.002, 0.2, Scale.Log),
        new Parameter.Categorical(ParameterNames.Criterion, ["l1", "taylor", "random"]),
    ]);

    /// <inheritdoc/>
    public TrialOutcome.Prepared Baseline { get; } = new(Measured(0.94, Costs.At(Dense), 0), Profile, Files with { Plan = null });

    /// <inheritdoc/>
    public double Epochs => epochs;

    /// <inheritdoc/>
    public double Accuracy(Candidate candidate, double epochs)
    {
        double accuracy = Curve(candidate, epochs);
        double noise = new SeededRandom(seed, Invariant($"{candidate}/{epochs}")).NextNormal();
        return Math.Clamp(accuracy + (noise * Math.Sqrt(accuracy * (1 - accuracy) / images)), 0, 1);
    }

    /// <inheritdoc/>
    public Measurement Measure(Candidate candidate)
    {
        double accuracy = Accuracy(candidate, Epochs);
        return Measured(accuracy, Costs.Costs(candidate), accuracy * (1 - accuracy) / images);
    }

    /// <summary>a(e), without noise.</summary>
    public double Curve(Candidate candidate, double epochs)
    {
        int[] widths = WidthAllocation.For(Profile, candidate);
        double[] gone = [.. widths.Zip(Dense, (kept, all) => 1 - (kept / (double)all))];
        double factor = candidate.Choice(ParameterNames.Criterion) switch { "taylor" => 1, "random" => 2, _ => 1.25 };
        double rate = Math.Log10((candidate.Number(ParameterNames.LearningRate) ?? 0.02) / 0.02);
        double last = Math.Max(0.1, 0.94 - (factor * gone.Zip(Sensitivities, (u, s) => s * Math.Pow(u, 1.5)).Sum()) - (0.06 * rate * rate));
        double first = Math.Max(0.1, last - 0.05 - (0.5 * gone.Average()));
        double time = Math.Pow(10, -rate / 2);
        double left = Math.Pow(1 + (Epochs / time), Exponent);
        double limit = (last - (first * left)) / (1 - left);
        return limit - ((limit - first) * Math.Pow(1 + (epochs / time), Exponent));
    }

    private static ModelProfile NewProfile()
    {
        int[][] widths = [.. Dense.Select(width => Enumerable.Range(1, width / 8).Select(i => 8 * i).ToArray())];
        int[] pixels = [1024, 256, 64, 16];
        return new()
        {
            Families = [.. Dense.Select((width, i) => new FamilyProfile(Invariant($"stage{i}"), width, widths[i]))],
            Operators = [.. Dense.Select((_, i) => new OperatorProfile
            {
                Name = Invariant($"conv{i}"),
                Operator = "Conv",
                Input = i == 0 ? new(3, []) : new(0, [new(i - 1, 1)]),
                Output = new(0, [new(i, 1)]),
                MacsPerPair = 9 * pixels[i],
                ParametersPerPair = 9,
                Surface = Invariant($"conv{i}"),
            })],
            Surfaces = [.. Dense.Select((_, i) => Surface(i, i == 0 ? [3] : widths[i - 1], widths[i], pixels[i]))],
            FixedBytes = 2000,
            DenseMs = 1,
        };
    }

    private static LatencySurface Surface(int stage, int[] inputs, int[] outputs, int pixels) => new(
        Invariant($"conv{stage}"), inputs, outputs, [.. inputs.SelectMany(i => outputs.Select(o => 2 + (9e-5 * pixels * i * o)))]);

    private static Measurement Measured(double accuracy, KnownCosts cost, double variance) => new()
    {
        Accuracy = accuracy,
        AccuracyVariance = variance,
        TestAccuracy = accuracy,
        CorruptedAccuracy = accuracy - 0.1,
        Latency = new(cost.LatencyMs, cost.LatencyMs, cost.LatencyRatio, 0, 0, true, 0),
        Macs = cost.Macs,
        Parameters = cost.Parameters,
        Bytes = cost.Bytes,
    };

    private static ArtifactRef File(string name) => new(new(name), new('0', 64), 1);
}
