using Distributed.Compression.Training;
using Distributed.Sweeps;
using static TorchSharp.torch;

namespace Distributed.Compression.Measuring;

/// <summary>Brings the table of timed operators to what a few whole networks were measured at.</summary>
/// <remarks>
/// An operator that is timed alone finds its input elsewhere than in the middle of a network (caches, threads), which the table cannot
/// tell. So every surface k has a factor a_k ~ N(1, 0.15²), and a part c ~ N(0, 0.1²) of the dense time follows no width. With x_k the
/// table's time of k at the widths of a measured network and d_k at the dense ones, both relative to Σ d, and r the measured ratio,
/// Σ_k a_k x_k + c = r (Σ_k a_k d_k + c) up to noise of deviation 0.008; the factors' and c's posterior mean is kept (ridge regression
/// in its dual form: Rasmussen and Williams 2006, §2.1). c can be below 0: what every operator loses by being timed alone.
/// </remarks>
internal static class ProfileCalibration
{
    private const int Drawn = 7;
    private const double FactorDeviation = 0.15;
    private const double ConstantDeviation = 0.1;
    private const double Noise = 0.008;
    private const double LeastFactor = 0.5;

    /// <summary>The widths, one for each family, of the networks to measure: the narrowest, and seven with random widths worth having.</summary>
    /// <param name="profile">With the families of one closure.</param>
    public static IReadOnlyList<int[]> Widths(ModelProfile profile)
    {
        var random = new SeededRandom(0, "profile/calibration");
        int[] dense = [.. profile.Families.Select(family => family.Width)];
        IEnumerable<int[]> drawn = Enumerable.Range(0, Drawn).Select(_ => profile.Families.Select(family => family.Widths[random.Next(family.Widths.Count)]).ToArray());
        return [.. drawn.Prepend(ProfileRemainder.Narrowest(profile)).Where(widths => !widths.SequenceEqual(dense)).DistinctBy(widths => string.Join(',', widths))];
    }

    /// <summary>The profile with its surfaces scaled, and the part of the dense time that follows no width in microseconds; as it was, without measurements or times.</summary>
    /// <param name="profile">Families with their widths, operators and surfaces.</param>
    /// <param name="measured">Networks under the default closure, with their latency relative to the dense one.</param>
    public static (ModelProfile Profile, double? Constant) Of(ModelProfile profile, IReadOnlyList<MeasuredWidths> measured)
    {
        var one = Closures.Under(profile, profile.Closure);
        int[] wide = [.. one.Families.Select(family => family.Width)];
        double whole = new CostModel(one).Microseconds(wide);
        if (measured.Count == 0 || whole <= 0) return (profile, null);

        CostModel[] parts = [.. one.Surfaces.Select(surface => new CostModel(one with { Operators = [.. one.Operators.Where(op => op.Surface == surface.Key)] }))];
        double[] At(int[] widths) => [.. parts.Select(part => part.Microseconds(widths) / whole)];
        double[] dense = At(wide);

        // Rows of the design matrix, in units of one deviation of the factors and of c, and what the table misses.
        int count = measured.Count, columns = parts.Length + 1;
        double[] rows = new double[count * columns];
        double[] missing = new double[count];
        for (int i = 0; i < count; i++)
        {
            double ratio = measured[i].Ratio;
            double[] times = At(measured[i].Widths);
            for (int k = 0; k < parts.Length; k++) rows[(i * columns) + k] = FactorDeviation * (times[k] - (ratio * dense[k]));
            rows[(i * columns) + columns - 1] = ConstantDeviation * (1 - ratio);
            missing[i] = (ratio * dense.Sum()) - times.Sum();
        }

        double[] found = Posterior(rows, missing, columns);
        var factors = one.Surfaces.Select((surface, k) => KeyValuePair.Create(surface.Key, Math.Max(LeastFactor, 1 + (FactorDeviation * found[k])))).ToDictionary(StringComparer.Ordinal);
        var scaled = profile with
        {
            Surfaces = [.. profile.Surfaces.Select(surface => factors.TryGetValue(surface.Key, out double factor) ? surface with { Microseconds = [.. surface.Microseconds.Select(time => factor * time)] } : surface)],
        };
        return (scaled, ConstantDeviation * found[^1] * whole);
    }

    /// <summary>The mean of standard normal weights w given rows · w = missing, up to noise.</summary>
    private static double[] Posterior(double[] rows, double[] missing, int columns)
    {
        using var scope = NewDisposeScope();
        var device = TrainingDevice.Cpu;
        var design = device.Of(rows, [missing.Length, columns]);
        var gram = design.matmul(design.T).Plus(device.Identity(missing.Length).Times(Noise * Noise));
        return TrainingDevice.Doubles(design.T.matmul(linalg.solve(gram, device.Of(missing))));
    }
}

/// <summary>A network that was measured.</summary>
/// <param name="Widths">One for each family.</param>
/// <param name="Ratio">Its latency, relative to the dense network's.</param>
internal sealed record MeasuredWidths(int[] Widths, double Ratio);
