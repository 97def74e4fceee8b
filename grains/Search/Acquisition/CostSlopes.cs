namespace Distributed.Search;

/// <summary>Known costs around a point: they are steps, so their slopes are taken over a distance that crosses some.</summary>
internal sealed class CostSlopes
{
    private const double Step = 0.02;
    private readonly double[] _steps;
    private readonly KnownCosts?[] _costs;

    /// <param name="problem">Its forecast tells the costs.</param>
    /// <param name="encoding">Of its space.</param>
    /// <param name="point">Where.</param>
    public CostSlopes(SearchProblem problem, SpaceEncoding encoding, ReadOnlySpan<double> point)
    {
        double[] moved = point.ToArray();
        At = problem.Forecast.Costs(encoding.Decode(moved));
        _steps = [.. moved.Select((at, i) => encoding.Axes[i].Levels is not null || At is null ? 0 : at + Step <= 1 ? Step : -Step)];
        _costs = new KnownCosts?[moved.Length];
        for (int i = 0; i < moved.Length; i++)
        {
            if (_steps[i] == 0) continue;
            double at = moved[i];
            moved[i] += _steps[i];
            _costs[i] = problem.Forecast.Costs(encoding.Decode(moved));
            moved[i] = at;
        }
    }

    /// <summary>The costs at the point.</summary>
    public KnownCosts? At { get; }

    /// <summary>The slopes of a function of the costs along the real axes; 0 along the others.</summary>
    public double[] Of(Func<KnownCosts?, double> function)
    {
        double here = function(At);
        return [.. _steps.Select((step, i) => step == 0 ? 0 : (function(_costs[i]) - here) / step).Select(slope => double.IsFinite(slope) ? slope : 0)];
    }
}
