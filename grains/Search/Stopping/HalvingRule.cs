namespace Distributed.Search;

/// <summary>Successive halving: of N trials at a rung ⌈N/η⌉ go on.</summary>
/// <remarks>
/// The N points (loss of accuracy, known losses of the other objectives) are sorted into non-dominated fronts, and inside a front by farthest
/// point: the most accurate first, then always the one farthest from those already placed, each loss scaled to [0, 1] over the rung (Schmucker
/// et al. 2021 use this order; their code ranks by it wrongly and is not followed). The trial goes on iff its position, from 0, is below
/// ⌈N/η⌉. So cheap trials compete on accuracy with cheap ones.
/// </remarks>
internal sealed class HalvingRule : IStoppingRule
{
    public string? Verdict(EarlyStoppingSpec spec, RungField field)
    {
        int position = FrontOrder.Of(field.Losses).IndexOf(0);
        int kept = (int)Math.Ceiling(field.Standings.Count / spec.Reduction);
        return position < kept ? null : Invariant($"is place {position + 1} of {field.Standings.Count} and {kept} go on");
    }
}
