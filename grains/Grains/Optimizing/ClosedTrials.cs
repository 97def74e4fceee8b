using Distributed.Search;

namespace Distributed.Grains;

/// <summary>The trials of a sweep from the first on, as far as all of them are closed, and what the search sees in each.</summary>
/// <remarks>
/// They never change any more, so a part of them is handed out as it is, without a copy: what is added later lies behind it or in another array.
/// </remarks>
internal sealed class ClosedTrials
{
    private TrialState[] _trials = new TrialState[64];
    private Observation[] _seen = new Observation[64];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Takes in what has been closed.</summary>
    public void Take(SweepState state)
    {
        for (; Count < state.Trials.Count && state.Trials[Count].IsClosed; Count++)
        {
            if (Count == _trials.Length)
            {
                Array.Resize(ref _trials, 2 * Count);
                Array.Resize(ref _seen, 2 * Count);
            }

            (_trials[Count], _seen[Count]) = (state.Trials[Count], Observation.Of(state.Trials[Count]));
        }
    }

    /// <summary>The first so many.</summary>
    public IReadOnlyList<TrialState> First(int count) => new ArraySegment<TrialState>(_trials, 0, count);

    /// <summary>What the search sees in the first so many.</summary>
    public IReadOnlyList<Observation> Seen(int count) => new ArraySegment<Observation>(_seen, 0, count);
}
