namespace Distributed.Sweeps;

/// <summary>An attempt can come to nothing, and what threw knows of which kind that is.</summary>
public abstract class AttemptFailedException : Exception
{
    /// <param name="kind">What class of failure.</param>
    /// <param name="message">What was found, where and what to do.</param>
    protected AttemptFailedException(FailureKind kind, string message)
        : base(message) => Kind = kind;

    /// <summary>What class of failure.</summary>
    public FailureKind Kind { get; }
}
