namespace Distributed.Dashboard;

/// <summary>Nothing answers where the sweeps are: what is shown is the last known. Asking again may help.</summary>
/// <param name="message">What was tried and what to do.</param>
/// <param name="cause">The error underneath, if any.</param>
public sealed class SourceUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
