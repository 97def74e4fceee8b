namespace Distributed.Client.Sessions;

/// <summary>A command needs a running silo and there is none, or it does not answer. Exit code 3.</summary>
/// <param name="message">What was tried and what to do.</param>
/// <param name="cause">The error underneath, if any.</param>
internal sealed class ClusterUnreachableException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The silo's process did not start, or ended by itself. Exit code 1.</summary>
/// <param name="message">What happened, with the last that the silo said.</param>
internal sealed class SiloFailedException(string message) : Exception(message);
