using System.Collections.Immutable;

namespace Distributed.Search;

/// <summary>The canonical forms of a sweep's candidates, each found once, so that a suggestion does not look at all trials before it.</summary>
/// <remarks>A memory and nothing else: the answer depends on the arguments alone. Thread safe.</remarks>
public sealed class TakenForms(SearchProblem problem)
{
    private readonly Lock _gate = new();
    private readonly SpaceEncoding _encoding = new(problem.Space);
    private ImmutableHashSet<string> _forms = ImmutableHashSet.Create<string>(StringComparer.Ordinal);
    private Candidate? _last;
    private int _count;

    /// <summary>The forms of some candidates.</summary>
    /// <param name="count">How many.</param>
    /// <param name="candidate">Each of them: those of a sweep in the order of its trials, the same ones first that were there before.</param>
    public IReadOnlySet<string> Of(int count, Func<int, Candidate> candidate)
    {
        lock (_gate)
        {
            if (_count > count || (_count > 0 && !Equals(_last, candidate(_count - 1)))) (_count, _forms) = (0, _forms.Clear());
            var forms = _forms.ToBuilder();
            for (; _count < count; _count++)
            {
                _last = candidate(_count);
                forms.Add(Form(problem, _encoding, _last));
            }

            return _forms = forms.ToImmutable();
        }
    }

    /// <summary>What two candidates share that are the same network, trained the same way.</summary>
    internal static string Form(SearchProblem problem, SpaceEncoding encoding, Candidate candidate) => problem.Forecast.Canonical(encoding.Canonical(candidate));
}
