using Distributed.Contracts;

namespace Distributed.Grains;

/// <summary>Shows one trial out of its sweep's log. Holds nothing that the sweep does not hold.</summary>
[OnControlSilos]
internal sealed class TrialGrain : Grain, ITrialGrain
{
    private const int Page = 500;
    private readonly SweepState _sweep = new();
    private readonly List<LogEntry> _history = [];

    public async Task<TrialState?> State()
    {
        var trial = await Refresh();
        return trial.Number < _sweep.Trials.Count ? _sweep.Trials[trial.Number] : null;
    }

    public async Task<IReadOnlyList<LogEntry>> History()
    {
        await Refresh();
        return [.. _history];
    }

    private async Task<TrialId> Refresh()
    {
        var (sweep, trial) = Key();
        while (await sweep.Read(_sweep.Next, Page) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                _sweep.Apply(entry);
                if (entry.Record.OfTrial() == trial) _history.Add(entry);
            }
        }

        return trial;
    }

    private (ISweepGrain Sweep, TrialId Trial) Key()
    {
        string key = this.GetPrimaryKeyString();
        int slash = key.LastIndexOf('/');
        if (slash < 1 || !int.TryParse(key.AsSpan(slash + 1), out int number) || number < 0)
            throw new InvalidInputException("trial", $"'{key}' is not a trial", "Write the sweep's name, a slash and the trial's number, such as demo/7.");
        return (GrainFactory.GetGrain<ISweepGrain>(new SweepId(key[..slash]).Value), new(number));
    }
}
