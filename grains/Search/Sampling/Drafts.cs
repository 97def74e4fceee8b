namespace Distributed.Search;

/// <summary>Drafts of candidates at the time of one suggestion: tells which are new, and which are known to break a constraint.</summary>
/// <remarks>
/// Not thread safe; lives for one call of a sampler. The seam through which every proposal goes: what breaks the space's own constraints is
/// never new, whoever drew it.
/// </remarks>
internal sealed class Drafts
{
    private readonly SearchProblem _problem;
    private readonly IReadOnlySet<string> _before;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Lazy<AllowedPoints> _allowed;

    public Drafts(SearchProblem problem, SearchHistory history)
    {
        _problem = problem;
        Encoding = new(problem.Space);
        _before = history.Forms ?? new HashSet<string>(history.Candidates.Select(Form), StringComparer.Ordinal);
        _allowed = new(() => new(Encoding), isThreadSafe: false);
    }

    /// <summary>The space as a cube.</summary>
    public SpaceEncoding Encoding { get; }

    /// <summary>Whether it keeps the space's constraints, and neither a closed nor a pending trial is the same.</summary>
    public bool IsNew(Candidate candidate) => Encoding.Allows(candidate) && Form(candidate) is var form && !_before.Contains(form) && !_taken.Contains(form);

    /// <summary>From now on the candidate is not new.</summary>
    public void Take(Candidate candidate) => _taken.Add(Form(candidate));

    /// <summary>
    /// The first new candidate that is not known to break a constraint; failing that, the one that breaks them least, which in a space that was
    /// walked whole may do so by no more than what was foretold may be wrong.
    /// </summary>
    /// <param name="drawn">Candidates in the order of preference, each with its reason. Ends where the patience ends.</param>
    /// <returns>Null when none of them, and none of a small space, is new.</returns>
    public Suggestion? First(IEnumerable<Suggestion> drawn)
    {
        Suggestion? least = null;
        double leastViolation = double.PositiveInfinity;
        foreach (var draft in Allowed(drawn).Concat(Encoding.Walk().Select(candidate => new Suggestion(candidate, "one of the last"))))
        {
            if (!IsNew(draft.Candidate)) continue;
            double violation = Feasibility.KnownViolation(_problem, draft.Candidate);
            if (violation == 0) return draft;
            if (violation < leastViolation) (least, leastViolation) = (draft, violation);
        }

        return least is null || (Encoding.IsWalkable && Feasibility.IsKnownToFail(_problem, least.Candidate)) ? null : least with { Reason = $"{least.Reason}; {Nearest(least.Candidate)}" };
    }

    private string Form(Candidate candidate) => TakenForms.Form(_problem, Encoding, candidate);

    /// <summary>What keeps the space's constraints as it was drawn; after all of these, the others, each moved to where it keeps them.</summary>
    private IEnumerable<Suggestion> Allowed(IEnumerable<Suggestion> drawn)
    {
        if (!Encoding.IsConstrained)
        {
            foreach (var draft in drawn) yield return draft;
            yield break;
        }

        List<Suggestion> rejected = [];
        foreach (var draft in drawn)
        {
            if (Encoding.Allows(draft.Candidate)) yield return draft;
            else rejected.Add(draft);
        }

        foreach (var draft in rejected)
        {
            if (_allowed.Value.Drawn(Encoding.Encode(draft.Candidate)) is { } moved)
                yield return new(moved, $"{draft.Reason}, moved to where the space's constraints are kept");
        }
    }

    private string Nearest(Candidate candidate) =>
        $"nothing found that is known to keep the constraints, this is nearest: {Feasibility.DescribeKnown(_problem, candidate)}";
}
