using Distributed.Testing;

namespace Distributed.Grains.Tests;

/// <summary>Several sweeps of the real grains on the slots of two simulated silos: one of processors, one of faster devices.</summary>
public sealed class SharedSlotsTests : IAsyncLifetime
{
    private static readonly (string Slot, string Device, double Seconds)[] Slots =
        [("north/0", "cpu", 40), ("north/1", "cpu", 40), ("south/0", "cuda", 10), ("south/1", "cuda", 10)];

    private readonly PriorityQueue<(int Slot, TrialAssignment Assignment), (DateTimeOffset At, int Order)> _ends = new();
    private SimulatedCluster? _cluster;
    private SimulatedClock? _clock;
    private int _order;

    private ICatalogGrain Catalog => _cluster!.Grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key);

    public async ValueTask InitializeAsync() => (_cluster, _clock) = await SimulatedCluster.StartSimulated();

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    [Fact]
    public async Task Three_sweeps_of_weights_1_2_and_4_share_two_hundred_trials_in_that_proportion()
    {
        string[] names = ["one", "two", "four"];
        foreach (var (name, weight) in names.Zip([1, 2, 4])) await Launch(Spec(name) with { Weight = weight });

        var given = await Run(200);

        int[] counts = [.. names.Select(name => given.Count(one => one.Sweep == name))];
        Assert.InRange(counts[0], 0.9 * 200 / 7, 1.1 * 200 / 7);
        Assert.InRange(counts[1], 0.9 * 400 / 7, 1.1 * 400 / 7);
        Assert.InRange(counts[2], 0.9 * 800 / 7, 1.1 * 800 / 7);
        Assert.All(Slots, slot => Assert.Equal(3, given.Where(one => one.Slot == slot.Slot).Select(one => one.Sweep).Distinct().Count()));
    }

    [Fact]
    public async Task A_sweep_runs_on_its_device_class_only_and_a_higher_priority_leaves_the_rest_to_others()
    {
        await Launch(Spec("anywhere"));
        await Launch(Spec("devices") with { Device = "cuda", Priority = 1 });

        var given = await Run(60);

        Assert.All(given, one => Assert.Equal(one.Slot.StartsWith("south", StringComparison.Ordinal) ? "devices" : "anywhere", one.Sweep));
    }

    private static SweepSpec Spec(string name) => new()
    {
        Name = new(name),
        Model = new() { Zoo = "stub" },
        Dataset = new() { Format = "shapes" },
        Space = new([new Parameter.Real("ratio", 0, 0.75, PerFamily: true), new Parameter.Real("learning-rate", 0.001, 0.1, Scale.Log)]),
        Budget = new() { Trials = 150 },
        Sampler = new() { Name = "random", Horizon = 200 },
        EarlyStopping = new() { Enabled = false },
    };

    /// <summary>Launches a sweep, closes its baseline and waits until everything is suggested that it will try.</summary>
    private async Task Launch(SweepSpec spec)
    {
        var sweep = _cluster!.Sweep(spec.Name);
        await sweep.Launch(spec);
        var dense = await sweep.Pull(new("first/0", spec.Device ?? "cpu"));
        await sweep.Complete(TrialId.Dense, dense!.Assignment.Epoch, SimulatedWorker.Outcome(dense.Assignment));
        await foreach (var happened in sweep.Watch(0, TestContext.Current.CancellationToken))
        {
            if (happened is SweepEvent.Logged { Entry.Record: SweepRecord.Suggested { Trial.Number: 150 } }) break;
        }
    }

    /// <summary>Hands out so many trials, each as soon as a slot is free.</summary>
    private async Task<List<(string Sweep, string Slot)>> Run(int trials)
    {
        List<(string Sweep, string Slot)> given = [];
        for (int slot = 0; slot < Slots.Length; slot++) await Pull(slot, given);
        while (given.Count < trials)
        {
            Assert.True(_ends.TryDequeue(out var end, out var at), "nothing runs");
            _clock!.MoveTo(at.At);
            await Beat();
            await _cluster!.Sweep(end.Assignment.Spec.Name).Complete(end.Assignment.Trial, end.Assignment.Epoch, SimulatedWorker.Outcome(end.Assignment));
            await Pull(end.Slot, given);
        }

        return given;
    }

    private async Task Beat()
    {
        foreach (var group in _ends.UnorderedItems.GroupBy(item => item.Element.Assignment.Spec.Name))
            await _cluster!.Sweep(group.Key).Heartbeat([.. group.Select(item => new Heartbeat(item.Element.Assignment.Trial, item.Element.Assignment.Epoch, null))]);
    }

    private async Task Pull(int slot, List<(string Sweep, string Slot)> given)
    {
        var (name, device, seconds) = Slots[slot];
        if (await Catalog.Pull(new(name, device)) is not { Assignment: var assignment }) return;
        given.Add((assignment.Spec.Name.Value, name));
        _ends.Enqueue((slot, assignment), (_clock!.GetUtcNow() + TimeSpan.FromSeconds(seconds), _order++));
    }
}
