using Distributed.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Distributed.Grains.Tests;

/// <summary>A slot waits for one suggestion, not for all that may be prepared.</summary>
public sealed class PullTests : IAsyncLifetime
{
    private readonly SlowSearch _search = new();
    private InProcessTestCluster? _cluster;

    public async ValueTask InitializeAsync()
    {
        InProcessTestClusterBuilder builder = new(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<ISweepLogStore>(new MemorySweepLogStore(TimeProvider.System));
            silo.Services.AddSingleton<ISweepSearch>(_search);
            silo.Services.AddSweepGrains(options => options.Patience = TimeSpan.FromSeconds(10));
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _search.Free.Set();
        await _cluster!.DisposeAsync();
    }

    [Fact]
    public async Task A_slot_gets_the_first_suggestion_while_the_next_one_is_in_the_making()
    {
        SweepSpec spec = new()
        {
            Name = new("slow"),
            Model = new() { Zoo = "stub" },
            Dataset = new() { Format = "shapes" },
            Space = new([new Parameter.Real("ratio", 0, 0.75)]),
            // Such a sweep asks anew before each suggestion.
            Budget = new() { Trials = 10, Stagnation = new(0.01, 5) },
            Sampler = new() { Name = "sobol", Horizon = 8 },
        };
        var sweep = _cluster!.Client.GetGrain<ISweepGrain>(spec.Name.Value);
        await sweep.Launch(spec);
        var dense = (await sweep.Pull(new("a/0", "cpu")))!.Assignment;
        await sweep.Complete(dense.Trial, dense.Epoch, SimulatedWorker.Outcome(dense));

        var lease = await sweep.Pull(new("a/0", "cpu"));

        Assert.Equal(new TrialId(1), lease?.Assignment.Trial);
        while (!_search.IsHeld) await Task.Yield();
    }

    /// <summary>Gives the first suggestion and holds the second until it is freed.</summary>
    private sealed class SlowSearch : ISweepSearch
    {
        private volatile bool _held;

        public ManualResetEventSlim Free { get; } = new();

        /// <summary>Whether the second suggestion is still in the making.</summary>
        public bool IsHeld => !Free.IsSet && _held;

        public SweepRecord.Suggested? Suggest(SearchMoment moment)
        {
            if (moment.Trial.Number == 2)
            {
                _held = true;
                Free.Wait(TestContext.Current.CancellationToken);
            }

            return new(moment.Trial, new Candidate([new("ratio", 0.05 * moment.Trial.Number)]), "slow");
        }

        public string? AtRung(SearchMoment moment, TrialState trial, RungReport report) => null;
    }
}
