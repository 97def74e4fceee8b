namespace Distributed.Search;

/// <summary>
/// Quasi-Newton steps in the real parameters, then the best change of one other parameter, in turn until neither promises more (the
/// alternating optimisation of mixed spaces in BoTorch's optimize_acqf_mixed_alternating).
/// </summary>
internal sealed class GradientClimb(Acquisition acquisition, IReadOnlyList<Axis> axes, Func<double[], Scored> score) : IClimb
{
    private const int Evaluations = 60;
    private const int Rounds = 4;
    private readonly bool[] _real = [.. axes.Select(axis => axis.Levels is null)];

    public Scored From(Scored start)
    {
        var best = Ascend(start);
        for (int round = 0; round < Rounds && !_real.All(real => real); round++)
        {
            var moved = Neighbours.Of(axes, best.Point, 0, countedOnly: true).Select(score).Order(Scored.ByPromise).FirstOrDefault();
            if (moved is null || Scored.ByPromise.Compare(moved, best) >= 0) break;
            best = Ascend(moved);
        }

        return best;
    }

    private Scored Ascend(Scored from)
    {
        if (!_real.Any(real => real) || !double.IsFinite(from.Value)) return from;
        var climbed = score(BoundedAscent.Maximize(acquisition.At, from.Point, _real, Evaluations).Point);
        return Scored.ByPromise.Compare(climbed, from) < 0 ? climbed : from;
    }
}
