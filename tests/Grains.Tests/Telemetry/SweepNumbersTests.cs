using Distributed.Testing;

namespace Distributed.Grains.Tests;

public sealed class SweepNumbersTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Trials_are_counted_as_the_log_tells_them()
    {
        SweepNumbers numbers = new();
        SweepState state = new();
        foreach (var (record, i) in SampleRecords.OfEveryKind().Select((record, i) => (record, i)))
        {
            LogEntry entry = new(i, Start.AddSeconds(i), record);
            numbers.Apply(entry);
            state.Apply(entry);
            Assert.All(Enum.GetValues<TrialStatus>(), status => Assert.Equal(state.Trials.Count(trial => trial.Status == status), numbers.In(status)));
        }

        Assert.Equal((state.Status, state.Front.Count, state.Hypervolume), (numbers.Status, numbers.FrontSize, numbers.Hypervolume));
        Assert.Equal(state.HypervolumeHistory[^1].Time, numbers.FrontChanged);
    }

    [Fact]
    public void The_age_of_the_front_ends_with_the_sweep()
    {
        SweepNumbers numbers = new();
        Microsoft.Extensions.Time.Testing.FakeTimeProvider time = new(Start);
        using var live = LiveSweeps.Add(new("aged"), numbers, time);
        numbers.Apply(new(0, Start, SampleRecords.OfEveryKind()[0]));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(120, live.FrontAge);
        numbers.Apply(new(1, Start, new SweepRecord.StatusChanged(SweepStatus.Finished, "done")));
        Assert.Null(live.FrontAge);
    }

    [Fact]
    public void A_lease_is_as_old_as_its_silence()
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider time = new(Start);
        using var live = LiveSweeps.Add(new("silent"), new(), time);
        Assert.Equal(0, live.LeaseAge);
        live.Heard(Start);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(9, live.LeaseAge);
        live.Heard(null);
        Assert.Equal(0, live.LeaseAge);
    }
}
