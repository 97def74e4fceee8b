namespace Distributed.Sweeps;

/// <summary>What can be told of a candidate before any training. Pure: the same candidate always gives the same answer.</summary>
public interface ICandidateForecast
{
    /// <summary>The cost, or null where nothing is known beforehand.</summary>
    KnownCosts? Costs(Candidate candidate);

    /// <summary>
    /// Two candidates with the same text are the same trial: ratios stand as the widths that they give, parameters without effect are left out.
    /// </summary>
    string Canonical(Candidate candidate);
}
