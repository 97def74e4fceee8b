namespace Distributed.Search;

/// <summary>A candidate to try next.</summary>
/// <param name="Candidate">A value for every parameter of the space.</param>
/// <param name="Reason">Why, in a few words: "centre", "sobol 3", "expected improvement 0.0123 (…)".</param>
public sealed record Suggestion(Candidate Candidate, string Reason);
