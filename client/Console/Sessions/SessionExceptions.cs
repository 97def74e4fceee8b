namespace Distributed.Client.Sessions;

/// <summary>The silo's process did not start, or ended by itself. Exit code 1.</summary>
/// <param name="message">What happened, with the last that the silo said.</param>
internal sealed class SiloFailedException(string message) : Exception(message);
