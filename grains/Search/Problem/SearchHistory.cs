namespace Distributed.Search;

/// <summary>What a suggestion may rest on: the closed trials, and the candidates whose results are not (or must not yet be) known.</summary>
/// <param name="Closed">Closed trials, the dense baseline among them once it is completed, by number.</param>
/// <param name="Pending">Candidates suggested and not closed, by number.</param>
public sealed record SearchHistory(IReadOnlyList<Observation> Closed, IReadOnlyList<Candidate> Pending)
{
    /// <summary>Nothing is known.</summary>
    public static SearchHistory Empty { get; } = new([], []);

    /// <summary>Closed trials of another sweep, their candidates in this space: they teach the model, and count for nothing else.</summary>
    public IReadOnlyList<Observation> Foreign { get; init; } = [];

    /// <summary>The canonical forms of all candidates, where the caller keeps them (<see cref="TakenForms"/>); null to let whoever needs them find them.</summary>
    public IReadOnlySet<string>? Forms { get; init; }

    /// <summary>What a model learns from: the foreign trials, then the closed ones.</summary>
    public IReadOnlyList<Observation> Evidence => Foreign.Count == 0 ? Closed : [.. Foreign, .. Closed];

    /// <summary>The number of the trial that is suggested next: the dense baseline is 0, candidates are 1, 2, …</summary>
    public int Next => 1 + Pending.Count + (Closed is [{ Candidate: null }, ..] ? Closed.Count - 1 : Closed.Count(observation => observation.Candidate is not null));

    /// <summary>Every candidate so far.</summary>
    public IEnumerable<Candidate> Candidates => Closed.Select(observation => observation.Candidate).OfType<Candidate>().Concat(Pending);

    /// <summary>The dense baseline's values, or null while they are not known.</summary>
    public ObservedValues? Dense => Closed.FirstOrDefault(observation => observation.Candidate is null)?.Values;

    /// <summary>The same history with one more candidate under way.</summary>
    public SearchHistory WithPending(Candidate candidate) => this with { Pending = [.. Pending, candidate], Forms = null };

    /// <summary>
    /// What the suggestion of trial <paramref name="number"/> may rest on, or null while a trial that it must wait for is open.
    /// With a horizon h above 0 that is trials 0 … number − h closed and the later ones pending, whatever they are by now: the history,
    /// and so the suggestion, does not depend on how fast the workers are. With 0 it is whatever is known.
    /// </summary>
    /// <param name="trials">All trials by number; those from <paramref name="number"/> on are left out.</param>
    /// <param name="number">The trial to be suggested, at least 1.</param>
    /// <param name="horizon">At least 0; see <see cref="SamplerSpec.Horizon"/>.</param>
    public static SearchHistory? For(IReadOnlyList<TrialState> trials, int number, int horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(horizon);
        var known = trials.Take(number).ToList();
        bool Counts(TrialState trial) => horizon == 0 ? trial.IsClosed : trial.Id.IsDense || trial.Id.Number <= number - horizon;
        var closed = known.Where(Counts).ToList();
        return closed.TrueForAll(trial => trial.IsClosed)
            ? new([.. closed.Select(Observation.Of)], [.. known.Where(trial => !Counts(trial)).Select(trial => trial.Candidate).OfType<Candidate>()])
            : null;
    }
}
