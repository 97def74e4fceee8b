namespace Distributed.Search;

/// <summary>
/// Quasi-Newton steps in the real parameters, then the best change of one other parameter, in turn until neither promises more (the
/// alternating optimisation of mixed spaces in BoTorch's optimize_acqf_mixed_alternating).
/// </summary>
internal sealed class GradientClimb(Acquisition acquisition, SpaceEncoding encoding, TrustRegion? region, Func<double[], Scored> score) : IClimb
{
    private const int Evaluations = 60;
    private const int Rounds = 4;
    private readonly bool[] _real = [.. encoding.Axes.Select(axis => axis.Levels is null)];

    public Scored From(Scored start)
    {
        var best = Ascend(start);
        for (int round = 0; round < Rounds && !_real.All(real => real); round++)
        {
            var moved = Neighbours.Of(encoding.Axes, best.Point, 0, countedOnly: true).Select(score).Order(Scored.ByPromise).FirstOrDefault();
            if (moved is null || Scored.ByPromise.Compare(moved, best) >= 0) break;
            best = Ascend(moved);
        }

        return best;
    }

    private Scored Ascend(Scored from)
    {
        if (!_real.Any(real => real) || !double.IsFinite(from.Value)) return from;
        var climbed = score(BoundedAscent.Maximize(acquisition.At, from.Point, Box(from), Evaluations).Point);
        return Scored.ByPromise.Compare(climbed, from) < 0 ? climbed : from;
    }

    /// <summary>What may be climbed in: real parameters that take part, inside the region.</summary>
    private (double[] Lower, double[] Upper) Box(Scored from)
    {
        bool[] active = encoding.Activity(from.Candidate);
        bool IsFree(int i) => _real[i] && active[i];
        return (
            [.. from.Point.Select((at, i) => IsFree(i) ? Math.Min(at, region?.Lower(i) ?? 0) : at)],
            [.. from.Point.Select((at, i) => IsFree(i) ? Math.Max(at, region?.Upper(i) ?? 1) : at)]);
    }
}
