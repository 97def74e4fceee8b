using System.Collections.Concurrent;

namespace Distributed.Sweeps;

/// <summary>Predicts widths and costs of candidates from the dense model's profile.</summary>
/// <remarks>
/// Latency is additive: Σ over operators of the surface at the operator's widths, bilinear between timed widths, relative to the same
/// sum of the dense model. Thread safe.
/// </remarks>
public sealed class CostModel : ICandidateForecast
{
    private const int BytesPerParameter = 4;
    private readonly ModelProfile _profile;
    private readonly Dictionary<string, LatencySurface> _surfaces;
    private readonly double _denseMicroseconds;
    private readonly CostModel? _int8;
    private readonly ConcurrentDictionary<int, CostModel> _shallower = new();

    /// <param name="profile">The dense model's profile.</param>
    public CostModel(ModelProfile profile)
        : this(profile, null)
    {
    }

    /// <param name="profile">Of a part of the dense model.</param>
    /// <param name="whole">Of the whole dense model, to which latency is relative; null for the profile's own.</param>
    private CostModel(ModelProfile profile, CostModel? whole)
    {
        _profile = profile;
        _surfaces = profile.Surfaces.ToDictionary(surface => surface.Key, StringComparer.Ordinal);
        _denseMicroseconds = whole?._denseMicroseconds ?? Microseconds([.. profile.Families.Select(family => family.Width)]);
        _int8 = profile.Int8 is { } int8 ? new(profile with { Operators = int8.Operators, Int8 = null }, whole?._int8) : null;
    }

    /// <summary>Costs at the given widths, one for each family.</summary>
    public KnownCosts At(ReadOnlySpan<int> widths)
    {
        double macs = 0;
        double parameters = 0;
        foreach (var op in OperatorsAt(widths))
        {
            double output = op.Output.At(widths);
            double pairs = output * op.Input.At(widths);
            macs += (op.MacsPerPair * pairs) + (op.MacsPerOutput * output);
            parameters += (op.ParametersPerPair * pairs) + (op.ParametersPerOutput * output);
        }

        double ratio = Ratio(widths);
        long bytes = _profile.FixedBytes + (BytesPerParameter * (long)Math.Round(parameters));
        return new(ratio, ratio * _profile.DenseMs, (long)Math.Round(macs), (long)Math.Round(parameters), bytes);
    }

    /// <inheritdoc/>
    public KnownCosts Costs(Candidate candidate)
    {
        if (Depths.Of(_profile, candidate) is > 0 and var leftOut) return Shallower(leftOut).Costs(candidate);
        int[] widths = WidthAllocation.For(_profile, candidate);
        return PrecisionForecast.Of(_profile, OperatorsAt(widths), candidate, widths, At(widths), Int8Ratio(widths));
    }

    /// <summary>The predicted latency of an int8 file at the given widths, relative to the dense float32 file; null where nothing predicts it.</summary>
    public double? Int8Ratio(ReadOnlySpan<int> widths) => _int8 is null ? null : _profile.Int8!.Ratio * _int8.Ratio(widths);

    /// <summary>The bytes of an int8 file that follow the widths, one for each family.</summary>
    public long Int8Bytes(ReadOnlySpan<int> widths) => PrecisionForecast.VariableBytes(OperatorsAt(widths), widths);

    /// <inheritdoc/>
    public string Canonical(Candidate candidate)
    {
        int[] widths = WidthAllocation.For(_profile, candidate);
        int leftOut = Depths.Of(_profile, candidate);
        bool dense = _profile.Families.Select(family => family.Width).SequenceEqual(widths);
        var others = candidate.Values.Where(pair => HasEffect(pair.Key, candidate, dense && !IsSparse(candidate), leftOut)).Select(pair => $"{pair.Key}={pair.Value}");
        if (leftOut > 0) others = others.Prepend(Invariant($"left-out={leftOut}"));
        return string.Join("; ", others.Prepend($"widths={string.Join(',', widths)}"));
    }

    private static bool IsSparse(Candidate candidate) => candidate.Choice(ParameterNames.Sparsity) is not (null or "none");

    /// <summary>The costs of candidates without the first branches, relative to the whole model.</summary>
    private CostModel Shallower(int leftOut) => _shallower.GetOrAdd(leftOut, count => new(Depths.Under(_profile, count).Profile, this));

    /// <summary>
    /// Ratios and closure act through the widths and the branches left out alone, so does the ranking where single weights do not go by it too;
    /// with no weight to choose, the criterion does not act, nor with nothing to remove steps; without a teacher, nothing of distillation; in float32,
    /// nothing of quantisation.
    /// </summary>
    private static bool HasEffect(string name, Candidate candidate, bool dense, int leftOut) => ParameterNeeds.Lacking(name, candidate) is null && name switch
    {
        ParameterNames.Ratio or ParameterNames.DepthRatio or ParameterNames.Closure => false,
        ParameterNames.Ranking => candidate.Choice(ParameterNames.Sparsity) == "unstructured",
        ParameterNames.Criterion => !dense,
        ParameterNames.Steps => !dense || leftOut > 0,
        ParameterNames.LearningRate or ParameterNames.WeightDecay or ParameterNames.Distillation or ParameterNames.Temperature or ParameterNames.Teacher or ParameterNames.CutMix or ParameterNames.Restarts
            => candidate.Number(ParameterNames.Epochs) is not 0,
        ParameterNames.Precision => PrecisionForecast.IsInt8(candidate),
        ParameterNames.WeightBits => candidate.Number(ParameterNames.WeightBits) is not 8,
        ParameterNames.QuantizationAware => candidate.Choice(ParameterNames.QuantizationAware) == "on" && candidate.Number(ParameterNames.Epochs) is not 0,
        _ => !name.StartsWith(ParameterNames.Ratio + "/", StringComparison.Ordinal),
    };

    /// <summary>The timed operators' sum at the given widths, one for each family.</summary>
    public double Microseconds(ReadOnlySpan<int> widths)
    {
        double sum = 0;
        foreach (var op in OperatorsAt(widths))
        {
            if (op.Surface is not null && _surfaces.TryGetValue(op.Surface, out var surface))
                sum += Interpolate(surface, op.Input.At(widths), op.Output.At(widths));
        }

        return sum;
    }

    private double Ratio(ReadOnlySpan<int> widths) => _denseMicroseconds > 0 ? Microseconds(widths) / _denseMicroseconds : 1;

    private IEnumerable<OperatorProfile> OperatorsAt(ReadOnlySpan<int> widths)
    {
        if (_profile.Closure is null) return _profile.Operators;
        string? closure = Closures.Of(_profile, widths);
        return _profile.Operators.Where(op => Closures.Holds(op.Closure, closure));
    }

    /// <summary>Bilinear between timed widths.</summary>
    internal static double Interpolate(LatencySurface surface, int input, int output)
    {
        (int row, double down) = Locate(surface.Inputs, input);
        (int column, double right) = Locate(surface.Outputs, output);
        double Timed(int r, int c) => surface.Microseconds[
            (Math.Min(r, surface.Inputs.Count - 1) * surface.Outputs.Count) + Math.Min(c, surface.Outputs.Count - 1)];
        double top = Timed(row, column) + (right * (Timed(row, column + 1) - Timed(row, column)));
        double bottom = Timed(row + 1, column) + (right * (Timed(row + 1, column + 1) - Timed(row + 1, column)));
        return top + (down * (bottom - top));
    }

    /// <summary>The interval that holds a width and the position in it, in [0, 1]; widths outside are taken to the nearest timed one.</summary>
    private static (int Index, double Fraction) Locate(IReadOnlyList<int> timed, int width)
    {
        int i = 0;
        while (i + 1 < timed.Count && timed[i + 1] <= width) i++;
        if (i + 1 >= timed.Count || width <= timed[i]) return (i, 0);
        return (i, (width - timed[i]) / (double)(timed[i + 1] - timed[i]));
    }
}
