using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>The arms of the comparison, at half of the dense network's MACs or less.</summary>
internal static class RecoveryPlans
{
    private static readonly Dictionary<string, ParameterValue> OneShot = new() { [ParameterNames.Criterion] = "l1" };

    /// <summary>What many tools do: the same part of every family, the smallest that halves the MACs, by L1 norm, in one step.</summary>
    public static RecoveryArm Uniform(ModelProfile profile)
    {
        var costs = new CostModel(profile);
        long dense = costs.At(At(1)).Macs;
        double part = 1;
        while (costs.At(At(part)).Macs * 2 > dense) part -= 0.005;
        return new("uniform L1 one-shot", At(part), OneShot);
        int[] At(double kept) => [.. profile.Families.Select(family => Math.Max(1, (int)Math.Round(kept * family.Width)))];
    }

    /// <summary>
    /// Ours: widths in the blocks in which runtimes work, halving the MACs inside the residual blocks and most where they buy the most time, which is
    /// the first stage; the residual stream stays whole in two of them. Which of the shapes is best is chosen on the validation split.
    /// </summary>
    /// <param name="profile">Of ResNet-20 with shortcuts that pad channels: its families are told apart by their names.</param>
    public static IReadOnlyList<(string Name, int[] Widths)> Aligned(ModelProfile profile)
    {
        var costs = new CostModel(profile);
        long dense = costs.At([.. profile.Families.Select(family => family.Width)]).Macs;
        (string Name, int[] First, int[] Second, int[] Third, int Residual)[] shapes =
        [
            ("8-4-4/16/32", [8, 4, 4], [16, 16, 16], [32, 32, 32], 32),
            ("4-4-4/16/32", [4, 4, 4], [16, 16, 16], [32, 32, 32], 32),
            ("8-8-8/16/32, 48 at the end", [8, 8, 8], [16, 16, 16], [32, 32, 32], 16),
        ];
        return [.. shapes.Select(shape => (shape.Name, Widths: Of(profile, shape.First, shape.Second, shape.Third, shape.Residual))).Where(shape => costs.At(shape.Widths).Macs * 2 <= dense * 1.02)];
    }

    /// <summary>For int8 on top: most parameters stand in the last stage, and blocks of 16 are what 8 bits are fast in.</summary>
    /// <param name="profile">As for <see cref="Aligned"/>.</param>
    /// <param name="recovery">Parameters of the trial beside the ratios.</param>
    public static RecoveryArm Int8(ModelProfile profile, IReadOnlyDictionary<string, ParameterValue> recovery) =>
        new("16/16/48-32-32 int8", Of(profile, [16, 16, 16], [16, 16, 16], [48, 32, 32], 32), recovery);

    private static int[] Of(ModelProfile profile, int[] first, int[] second, int[] third, int residual)
    {
        int[] widths = [.. profile.Families.Select(family => family.Width)];
        foreach (var (i, family) in profile.Families.Index())
        {
            for (int block = 0; block < 3; block++)
            {
                if (family.Name.Contains(Invariant($"layer1.{block}/conv1"), StringComparison.Ordinal)) widths[i] = first[block];
                if (family.Name.Contains(Invariant($"layer2.{block}/conv1"), StringComparison.Ordinal)) widths[i] = second[block];
                if (family.Name.Contains(Invariant($"layer3.{block}/conv1"), StringComparison.Ordinal)) widths[i] = third[block];
            }

            if (family.Name.Contains("layer3.0/conv2", StringComparison.Ordinal)) widths[i] = residual;
        }

        return widths;
    }
}
