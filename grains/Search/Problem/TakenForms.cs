using System.Collections.Immutable;

namespace Distributed.Search;

/// <summary>The canonical forms of a sweep's candidates, each found once, so that a suggestion does not look at all trials before it.</summary>
/// <remarks>A memory and nothing else: the answer depends on the arguments alone. Thread safe.</remarks>
public sealed class TakenForms(SearchProblem problem)
{
    private const int Many = 1000;
    private readonly Lock _gate = new();
    private readonly SpaceEncoding _encoding = new(problem.Space);
    private ImmutableHashSet<string> _forms = ImmutableHashSet.Create<string>(StringComparer.Ordinal);
    private Candidate? _last;
    private int _count;

    /// <summary>The forms of some candidates.</summary>
    /// <param name="count">How many.</param>
    /// <param name="candidate">Each of them: those of a sweep in the order of its trials, the same ones first that were there before. May be asked from several threads.</param>
    public IReadOnlySet<string> Of(int count, Func<int, Candidate> candidate)
    {
        lock (_gate)
        {
            if (_count > count || (_count > 0 && !Equals(_last, candidate(_count - 1)))) (_count, _forms) = (0, _forms.Clear());
            if (_count == count) return _forms;
            string[] added = new string[count - _count];
            int before = _count;
            // One by one while a sweep runs; all at once when a long one comes to life.
            if (added.Length >= Many) Parallel.For(0, added.Length, Find);
            else for (int i = 0; i < added.Length; i++) Find(i);
            (_last, _count) = (candidate(count - 1), count);
            return _forms = _forms.Union(added);

            void Find(int i) => added[i] = Form(problem, _encoding, candidate(before + i));
        }
    }

    /// <summary>What two candidates share that are the same network, trained the same way.</summary>
    internal static string Form(SearchProblem problem, SpaceEncoding encoding, Candidate candidate) => problem.Forecast.Canonical(encoding.Canonical(candidate));
}
