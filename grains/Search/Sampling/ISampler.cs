namespace Distributed.Search;

/// <summary>
/// Proposes candidates. Pure: everything a suggestion depends on is an argument, so equal arguments give equal suggestions, bit for bit on
/// one build and one kind of processor.
/// </summary>
/// <remarks>
/// Thread safe. A candidate whose canonical form is that of a closed or pending one is never proposed, nor is one that is known to break a
/// constraint, unless nothing else can be found in a space too large to be walked; the reason then says so. Asking for n at once is the same as asking n times for one,
/// each time with the last one pending.
/// </remarks>
public interface ISampler
{
    /// <summary>Proposes up to <paramref name="count"/> candidates.</summary>
    /// <returns>Fewer than asked when the space holds no more that are new; empty when it is exhausted.</returns>
    IReadOnlyList<Suggestion> Suggest(SearchProblem problem, SearchHistory history, int count);
}
