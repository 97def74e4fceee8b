namespace Distributed.Membership;

/// <summary>A cluster, or a server that it needs, is not there, does not answer or does not let us in. Exit code 3.</summary>
/// <param name="message">What was tried and what to do.</param>
/// <param name="cause">The error underneath, if any.</param>
public sealed class ClusterUnreachableException(string message, Exception? cause = null) : Exception(message, cause);
