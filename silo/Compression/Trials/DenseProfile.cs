using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Importance;
using Distributed.Compression.Measuring;
using Distributed.Compression.Pruning;
using Distributed.Compression.Quantization;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Puts the dense model's profile together: families, operators, times, widths worth having, scores for global ranking.</summary>
internal static class DenseProfile
{
    private const int BytesPerParameter = 4;

    /// <summary>The profile without scores.</summary>
    /// <param name="network">The trained dense network.</param>
    /// <param name="bytes">Size of its file.</param>
    /// <param name="denseMs">Its measured median latency.</param>
    /// <param name="time">Times surfaces.</param>
    /// <param name="calibrate">Measures the latency ratio of a narrower network, by which the table is calibrated; null leaves that to the dense model's time.</param>
    public static ModelProfile Of(
        Network network,
        long bytes,
        double denseMs,
        Func<IReadOnlyList<SurfaceRequest>, IReadOnlyList<LatencySurface>> time,
        Func<Network, double>? calibrate = null)
    {
        var union = GroupingUnion.Of(network);
        long parameters = OperatorCosts.Of(network, ShapeInference.Infer(network, 1)).Sum(cost => cost.Parameters);
        var profile = new ModelProfile
        {
            Families = union.Families,
            Operators = union.Operators(network),
            Surfaces = time(union.Surfaces(network)),
            Closure = union.Default,
            FixedBytes = bytes - (BytesPerParameter * parameters),
            DenseMs = denseMs,
        };
        profile = WidthsWorthHaving.Fill(profile);
        return profile.WithRemainder(profile.Surfaces.Count == 0 || calibrate is null ? [] : Measured(network, profile, union.Groupings[0], calibrate));
    }

    /// <summary>The profile with what predicts the latency of int8 files; as it was where some operators would stay in floats between others, which no surface tells.</summary>
    /// <param name="profile">Of the dense network.</param>
    /// <param name="network">The network.</param>
    /// <param name="time">Times surfaces.</param>
    /// <param name="ratio">Measures the latency of a file, relative to the dense float32 file.</param>
    /// <param name="only">Whether every candidate is int8: the widths worth having are then those of its kernels, which prefer others than those of floats.</param>
    public static ModelProfile WithInt8(
        ModelProfile profile, Network network, Func<IReadOnlyList<SurfaceRequest>, IReadOnlyList<LatencySurface>> time, Func<byte[], double> ratio, bool only)
    {
        if (new QuantizationScheme(QuantizationForm.Of(network)).Islands.Count > 0) return profile;
        var union = GroupingUnion.Of(network);
        var surfaces = time(union.Surfaces(network, Precisions.Int8));
        var timed = profile with { Operators = [.. union.Operators(network, Precisions.Int8).Where(op => op.Surface is not null)], Surfaces = surfaces };
        if (only)
        {
            timed = WidthsWorthHaving.Fill(timed);
            profile = profile with { Families = timed.Families, Quantum = timed.Quantum };
        }

        double dense = ratio(OnnxWriter.ToBytes(Quantizer.Uncalibrated(network)));
        IReadOnlyList<MeasuredWidths> measured = surfaces.Count == 0 ? [] : Measured(network, profile, union.Groupings[0], narrower => ratio(OnnxWriter.ToBytes(Quantizer.Uncalibrated(narrower))) / dense);
        var int8 = (timed with
        {
            // In the scale of the table, not of this hour.
            DenseMs = dense * new CostModel(profile).Microseconds([.. profile.Families.Select(family => family.Width)]) / 1000,
        }).WithRemainder(measured, "remainder int8");
        return profile with { Int8 = new(dense, int8.Operators), Surfaces = [.. profile.Surfaces, .. int8.Surfaces] };
    }

    /// <summary>The networks that calibrate the table, under the default closure; nothing of their weights matters.</summary>
    private static MeasuredWidths[] Measured(Network network, ModelProfile profile, ModelGrouping grouping, Func<Network, double> ratio) =>
    [
        .. ProfileCalibration.Widths(Closures.Under(profile, profile.Closure)).Select(widths => new MeasuredWidths(
            widths,
            ratio(Slicer.Apply(network, grouping, PruningPlan.First(grouping, widths))))),
    ];

    /// <summary>The profile with the named families, and those of the named layers, at their dense width.</summary>
    /// <exception cref="InvalidInputException">There is no family or layer of a name.</exception>
    public static ModelProfile Keeping(ModelProfile profile, GroupingUnion union, IReadOnlyList<string> names)
    {
        var kept = Kept(union, names);
        return profile with
        {
            Families = [.. profile.Families.Select(family => kept.Contains(family.Name) ? family with { Widths = [family.Width] } : family)],
        };
    }

    /// <summary>The families that names of families and layers stand for.</summary>
    /// <exception cref="InvalidInputException">There is no family or layer of a name.</exception>
    public static IReadOnlySet<string> Kept(GroupingUnion union, IReadOnlyList<string> names) =>
        names.SelectMany(name => union.Named(name, orPinned: true) ?? throw new InvalidInputException(
            "model.keep",
            $"the model has no family or layer '{name}'",
            $"Its families are {string.Join(", ", union.Families.Select(family => family.Name).Order(StringComparer.Ordinal))}."))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>Scores by every criterion that the space holds; none when nothing is ranked globally.</summary>
    public static IReadOnlyList<CriterionScores> Scores(Network network, SweepSpec spec, TrialData data)
    {
        if (!Values(spec, ParameterNames.Ranking).Any(WidthAllocation.RanksAllFamilies)) return [];
        var criteria = Values(spec, ParameterNames.Criterion).DefaultIfEmpty("l1").Select(Criteria.Named).ToList();
        var union = GroupingUnion.Of(network);
        var evidence = Evidence.Of(network, union.Groupings, criteria, data, spec.Seed, "trial/0/importance");
        return [.. criteria.Select(criterion => new CriterionScores(criterion.Name, union.Gather(grouping => Criteria.Profile(criterion, grouping, evidence[grouping]).Families)))];
    }

    /// <summary>Bytes of the int8 file that no width changes; null where the space holds no int8.</summary>
    public static long? Int8FixedBytes(Network network, ModelProfile profile, SweepSpec spec) => Values(spec, ParameterNames.Precision).Contains(Precisions.Int8)
        ? Quantizer.Bytes(network) - new CostModel(profile).Int8Bytes([.. profile.Families.Select(family => family.Width)])
        : null;

    /// <summary>The names that a parameter can take; none when the space does not hold it.</summary>
    public static IEnumerable<string> Values(SweepSpec spec, string name) => SpaceNames.Of(spec.Space, name);
}
