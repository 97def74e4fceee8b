using Microsoft.Extensions.Time.Testing;

namespace Distributed.Grains.Tests;

public sealed class FairSharesTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly FairShares _shares;

    public FairSharesTests() => _shares = new(_time);

    [Fact]
    public void Trials_are_handed_out_in_proportion_to_the_weights()
    {
        Know("one", weight: 1);
        Know("two", weight: 2);
        Know("four", weight: 4);
        var given = Enumerable.Range(0, 70).Select(_ => Next("cpu")).ToList();
        Assert.Equal([10, 20, 40], Counts(given, "one", "two", "four"));
    }

    [Fact]
    public void Slot_time_is_shared_and_not_the_number_of_trials()
    {
        Know("long");
        Know("short");
        var given = Enumerable.Range(0, 200).Select(_ =>
        {
            string name = Next("cpu");
            _time.Advance(TimeSpan.FromSeconds(name == "long" ? 30 : 10));
            return name;
        }).ToList();
        int[] counts = Counts(given, "long", "short");
        Assert.InRange(counts[1] / (double)counts[0], 2.8, 3.2);
    }

    [Fact]
    public void A_trial_far_from_the_mean_is_paid_for_once()
    {
        Know("slow-at-first");
        Know("steady");
        var spent = new Dictionary<string, double> { ["slow-at-first"] = 0, ["steady"] = 0 };
        for (int i = 0; i < 400; i++)
        {
            string name = Next("cpu");
            double seconds = spent[name] == 0 && name == "slow-at-first" ? 100 : 1;
            spent[name] += seconds;
            _time.Advance(TimeSpan.FromSeconds(seconds));
        }

        Assert.InRange(spent["slow-at-first"] - spent["steady"], -2, 2);
    }

    [Fact]
    public void A_higher_priority_goes_first_as_long_as_it_has_work()
    {
        Know("low", weight: 100);
        Know("high", priority: 1);
        Assert.All(Enumerable.Range(0, 20), _ => Assert.Equal("high", Next("cpu")));
        Assert.Equal(["high", "low"], _shares.For("cpu").Select(share => share.Sweep.Name.Value));
    }

    [Fact]
    public void Another_weight_counts_from_the_next_trial_on()
    {
        Know("one");
        Know("other");
        foreach (int _ in Enumerable.Range(0, 100)) Next("cpu");
        Know("other", weight: 3);
        var given = Enumerable.Range(0, 80).Select(_ => Next("cpu")).ToList();
        Assert.InRange(given.Count(name => name == "other"), 59, 61);
    }

    [Fact]
    public void At_another_priority_a_sweep_begins_like_a_new_one()
    {
        Know("high", priority: 1);
        Know("moves");
        Know("low");
        foreach (int _ in Enumerable.Range(0, 50)) Assert.Equal("high", Next("cpu"));
        foreach (int i in Enumerable.Range(0, 200)) Next($"s/{i}", "cpu", without: "high");
        Know("moves", priority: 1);
        var given = Enumerable.Range(0, 20).Select(_ => Next("cpu")).ToList();
        Assert.Equal([10, 10, 0], Counts(given, "high", "moves", "low"));
        Know("moves", priority: -1);
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal("low", Next($"t/{i}", "cpu", without: "high")));
    }

    [Fact]
    public void A_sweep_that_asks_for_a_device_class_is_offered_to_no_other()
    {
        Know("any");
        Know("gpu", device: "cuda", weight: 1000);
        Assert.All(Enumerable.Range(0, 5), _ => Assert.Equal("any", Next("cpu")));
        Assert.Equal("gpu", Next("cuda"));
    }

    [Fact]
    public void A_sweep_that_had_no_work_for_a_while_catches_nothing_up()
    {
        Know("idle");
        Know("busy");
        foreach (int i in Enumerable.Range(0, 100)) Assert.Equal("busy", Next($"s/{i}", "cpu", without: "idle"));
        var given = Enumerable.Range(0, 20).Select(_ => Next("cpu")).ToList();
        Assert.InRange(given.Count(name => name == "idle"), 10, 11);
    }

    [Fact]
    public void A_sweep_that_is_over_is_offered_no_more()
    {
        Know("over");
        Know("over", status: SweepStatus.Finished);
        Assert.Empty(_shares.For("cpu"));
    }

    private static int[] Counts(List<string> given, params string[] names) => [.. names.Select(name => given.Count(one => one == name))];

    private string Next(string device) => Next("s/0", device);

    private string Next(string slot, string device, string? without = null)
    {
        _shares.Free(slot);
        foreach (var share in _shares.For(device))
        {
            var charged = _shares.Charge(share);
            if (share.Sweep.Name.Value == without)
            {
                FairShares.Refund(charged);
                continue;
            }

            _shares.Begin(charged, slot, device);
            return share.Sweep.Name.Value;
        }

        return "";
    }

    private void Know(string name, double weight = 1, int priority = 0, string? device = null, SweepStatus status = SweepStatus.Running) =>
        _shares.Know(new() { Name = new(name), Status = status, Weight = weight, Priority = priority, Device = device });
}
