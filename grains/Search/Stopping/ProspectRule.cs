namespace Distributed.Search;

/// <summary>Gives up what is not expected to reach the front any more; while too few trials are completed to tell, halving decides.</summary>
internal sealed class ProspectRule : IStoppingRule
{
    private static readonly HalvingRule Until = new();

    public string? Verdict(EarlyStoppingSpec spec, RungField field) => Prospects.MayReachFront(spec.Protection, field) switch
    {
        true => null,
        false => "is not expected to reach the front",
        null => Until.Verdict(spec, field),
    };
}
