namespace Distributed.Client.SweepFiles;

/// <summary>One thing that is wrong in a sweep file.</summary>
/// <param name="Span">Where.</param>
/// <param name="Found">What was found there, without a full stop.</param>
/// <param name="Remedy">What to do, with its full stop.</param>
internal sealed record Problem(SourceSpan Span, string Found, string Remedy);

/// <summary>Everything that is wrong in one file, in the order of its lines.</summary>
internal sealed class ProblemList
{
    private readonly List<Problem> _problems = [];

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Problem> All => [.. _problems.OrderBy(problem => problem.Span.Line).ThenBy(problem => problem.Span.Column)];

    /// <summary>Whether anything was found.</summary>
    public bool Any => _problems.Count > 0;

    /// <summary>Notes a problem; the same twice (by an alias) counts once.</summary>
    public void Add(SourceSpan span, string found, string remedy)
    {
        Problem problem = new(span, found, remedy);
        if (!_problems.Contains(problem)) _problems.Add(problem);
    }
}
