using CsCheck;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Trials;

public sealed class RungScheduleTests
{
    [Fact]
    public void Rungs_lie_at_the_first_times_the_reduction_to_the_k()
    {
        var spec = new EarlyStoppingSpec { FirstRung = 0.5, Reduction = 3 };
        Assert.Equal([50, 150, 450], RungSchedule.Steps(spec, stepsPerEpoch: 100, totalSteps: 1350));
        Assert.Equal([50, 150, 450, 1350], RungSchedule.Steps(spec, stepsPerEpoch: 100, totalSteps: 1351));
    }

    [Fact]
    public void Nothing_is_asked_where_stopping_is_off_or_nothing_is_trained()
    {
        Assert.Empty(RungSchedule.Steps(new() { Enabled = false }, 100, 1000));
        Assert.Empty(RungSchedule.Steps(new(), 100, 0));
    }

    [Fact]
    public void Rungs_ascend_strictly_below_the_last_step() =>
        Gen.Select(Gen.Double[0, 2], Gen.Double[1.01, 8], Gen.Int[1, 200], Gen.Int[0, 2000]).Sample((first, reduction, perEpoch, total) =>
        {
            var steps = RungSchedule.Steps(new() { FirstRung = first, Reduction = reduction }, perEpoch, total);
            return steps.All(step => step >= 1 && step < total) && steps.Zip(steps.Skip(1)).All(pair => pair.First < pair.Second);
        });
}
