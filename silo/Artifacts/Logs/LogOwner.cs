namespace Distributed.Artifacts;

/// <summary>Who writes a log.</summary>
/// <param name="Epoch">One more than that of the owner before.</param>
/// <param name="Name">For people: "process 123 on host, since …".</param>
internal sealed record LogOwner(long Epoch, string Name);
