using Distributed.Sweeps;

namespace Distributed.Contracts;

/// <summary>A sweep cannot read or write its log now. Nothing is known to have been recorded: ask again, every call may be repeated.</summary>
[GenerateSerializer, Alias("sweep-unavailable.v1")]
public sealed class SweepUnavailableException : Exception
{
    /// <param name="sweep">Which sweep.</param>
    /// <param name="cause">What the store said.</param>
    public SweepUnavailableException(SweepId sweep, Exception cause)
        : base($"The log of sweep '{sweep}' cannot be used now: {cause.Message} The call may be repeated.") =>
        (Sweep, NoSpace) = (sweep, cause is StoreFullException or SweepUnavailableException { NoSpace: true });

    /// <param name="sweep">Which sweep.</param>
    /// <param name="found">What is missing, as a sentence.</param>
    public SweepUnavailableException(SweepId sweep, string found)
        : base($"The sweep '{sweep}' cannot answer now: {found} The call may be repeated.") => Sweep = sweep;

    /// <summary>Which sweep.</summary>
    [Id(0)] public SweepId Sweep { get; }

    /// <summary>Whether the store is full: asking again helps only once somebody has freed space there.</summary>
    [Id(1)] public bool NoSpace { get; }
}
