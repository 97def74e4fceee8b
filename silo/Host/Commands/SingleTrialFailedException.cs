namespace Distributed.Silo;

/// <summary>A model was to be pruned outside any sweep, and that came to nothing.</summary>
/// <param name="reason">What was found.</param>
/// <param name="cause">The error underneath.</param>
public sealed class SingleTrialFailedException(string reason, Exception? cause = null) : Exception(reason, cause);
