using Distributed.Testing;

namespace Distributed.Grains.Tests;

/// <summary>Whole sweeps of the real grains on simulated devices.</summary>
public sealed class SimulatedSweepTests : IAsyncLifetime
{
    private SimulatedCluster? _cluster;
    private SimulatedClock? _clock;

    public async ValueTask InitializeAsync() => (_cluster, _clock) = await SimulatedCluster.StartSimulated();

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    [Fact]
    public async Task A_thousand_trials_on_unreliable_devices_are_each_closed_once()
    {
        var spec = Spec("thousand", "sobol", 1000, horizon: 32) with { EarlyStopping = new() { FirstRung = 1 } };
        var (sweep, log) = await Run(spec, SimulatedDevice.Fleet(16, mishaps: 0.03));

        var closed = log.Select(entry => entry.Record).OfType<SweepRecord.TrialClosed>().Select(record => record.Trial).ToList();
        Assert.Equal(1001, closed.Count);
        Assert.Equal(1001, closed.Distinct().Count());
        Assert.Contains(log, entry => entry.Record is SweepRecord.AttemptEnded { Reason: "lease expired" });
        Assert.Contains(log, entry => entry.Record is SweepRecord.AttemptEnded { Failure: FailureKind.ProcessDied });
        Assert.True(sweep.Refused > 0, "no zombie came back");
        Assert.Contains(log, entry => entry.Record is SweepRecord.TrialClosed { Outcome: TrialOutcome.Stopped { At.Epochs: >= 0 } });
    }

    [Fact]
    public async Task Sixteen_asynchronous_workers_never_have_a_duplicate_in_flight()
    {
        var (_, log) = await Run(Spec("flight", "bayesian", 40, horizon: 32), SimulatedDevice.Fleet(16, mishaps: 0.05));
        CostModel forecast = new(new AnalyticTrials().Baseline.Profile);

        string[] forms = [.. log.Select(entry => entry.Record).OfType<SweepRecord.Suggested>().Where(record => record.Candidate is not null)
            .Select(record => forecast.Canonical(record.Candidate!))];

        Assert.Equal(40, forms.Length);
        Assert.Equal(40, forms.Distinct().Count());
    }

    [Theory]
    [InlineData("bayesian", 0)]
    [InlineData("bayesian", 8)]
    [InlineData("sobol", 0)]
    public async Task Seed_and_log_give_every_suggestion_again(string sampler, int horizon)
    {
        var (_, log) = await Run(Spec($"replay{horizon}{sampler}", sampler, 24, horizon), SimulatedDevice.Fleet(5, mishaps: 0.05));

        var suggestions = log.Select(entry => entry.Record).OfType<SweepRecord.Suggested>().Where(record => record.Candidate is not null).ToList();
        Assert.Equal(24, suggestions.Count);
        Assert.All(suggestions, suggestion => Assert.Equal(suggestion, Replay(log, suggestion)));
    }

    [Fact]
    public async Task The_same_simulation_gives_the_same_log_on_devices_of_any_number()
    {
        var one = (await Run(Spec("once", "bayesian", 20, horizon: 6), SimulatedDevice.Fleet(1))).Log;
        var many = (await Run(Spec("again", "bayesian", 20, horizon: 6), SimulatedDevice.Fleet(6, mishaps: 0.1))).Log;

        Assert.Equal(Decisions(one), Decisions(many));
    }

    [Fact]
    public async Task A_table_of_recorded_trials_gives_the_recorded_front_again()
    {
        var (_, recorded) = await Run(Spec("recorded", "sobol", 12, horizon: 4), SimulatedDevice.Fleet(2));
        TabulatedTrials table = new(State(recorded));

        var (_, again) = await Run(Spec("tabulated", "sobol", 12, horizon: 4), SimulatedDevice.Fleet(3), table);

        Assert.Equal(12, table.Candidates.Count);
        Assert.Equal(State(recorded).Front, State(again).Front);
        Assert.Equal(State(recorded).Hypervolume, State(again).Hypervolume);
    }

    private async Task<(SimulatedSweep Sweep, IReadOnlyList<LogEntry> Log)> Run(
        SweepSpec spec, IReadOnlyList<SimulatedDevice> devices, ISimulatedTrials? trials = null)
    {
        var grain = _cluster!.Sweep(spec.Name);
        SimulatedSweep sweep = new(grain, _clock!, trials ?? new AnalyticTrials(spec.Seed), devices, spec.Seed);
        await sweep.Run(spec);
        return (sweep, await SimulatedSweep.Log(grain));
    }

    internal static SweepSpec Spec(string name, string sampler, int trials, int horizon) => new()
    {
        Name = new(name),
        Model = new() { Zoo = "analytic" },
        Dataset = new() { Format = "shapes" },
        Space = AnalyticTrials.Space,
        Sampler = new() { Name = sampler, Horizon = horizon },
        EarlyStopping = new() { Enabled = false },
        Budget = new() { Trials = trials },
    };

    private static SweepRecord.Suggested? Replay(IReadOnlyList<LogEntry> log, SweepRecord.Suggested suggestion)
    {
        var state = State(log.Take((int)suggestion.Basis!));
        return new SweepSearch().Suggest(SearchMoment.For(state, suggestion.Trial)) is { } again ? again with { Basis = suggestion.Basis } : null;
    }

    private static SweepState State(IEnumerable<LogEntry> log)
    {
        SweepState state = new();
        foreach (var entry in log) state.Apply(entry);
        return state;
    }

    private static List<string> Decisions(IEnumerable<LogEntry> log) => [.. State(log).Trials.Select(trial => $"{trial.Candidate} {trial.Status} {trial.Ending}")];
}
