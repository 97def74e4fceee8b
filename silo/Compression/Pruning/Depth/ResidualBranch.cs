namespace Distributed.Compression.Pruning;

/// <summary>What an Add adds to a shortcut around it, so that the shortcut alone may take the sum's place.</summary>
/// <param name="Name">The node that adds.</param>
/// <param name="Sum">The value that it gives.</param>
/// <param name="Shortcut">The value that would take its place.</param>
internal sealed record ResidualBranch(string Name, string Sum, string Shortcut);
