using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Training;

public sealed class ScheduleTests
{
    private static readonly TrainingSpec Spec = new() { LearningRate = 2, Warmup = 0.1, WeightDecay = 0.01 };

    [Fact]
    public void With_restarts_the_rate_climbs_once_and_falls_to_nothing_again_and_again()
    {
        var schedule = new WarmCosine(Spec, restarts: 2);
        Assert.Equal(0.2, schedule.Rate(0, 100), 1e-12);
        // 90 steps after the warm-up in three cycles of 30: each begins at the peak and is at its half after 15.
        foreach (int start in (int[])[10, 40, 70])
        {
            Assert.Equal(2, schedule.Rate(start, 100), 1e-12);
            Assert.Equal(1, schedule.Rate(start + 15, 100), 1e-12);
            Assert.Equal(1 + Math.Cos(Math.PI * 29 / 30), schedule.Rate(start + 29, 100), 1e-12);
        }
    }

    [Fact]
    public void Without_restarts_it_is_the_one_cosine() => Assert.All(
        Enumerable.Range(0, 37), step => Assert.Equal(LearningRate.At(Spec, step, 37), new WarmCosine(Spec).Rate(step, 37)));

    [Theory]
    [InlineData(3, 5)]
    [InlineData(9, 4)]
    public void More_cycles_than_steps_are_no_error(int steps, int restarts) => Assert.All(
        Enumerable.Range(0, steps), step => Assert.InRange(new WarmCosine(Spec, restarts).Rate(step, steps), 0, 2));

    [Fact]
    public void Weight_decay_is_a_tenth_until_the_last_slicing_is_warmed_up()
    {
        var (between, last) = (Low(last: false), Low(last: true));
        Assert.All(Enumerable.Range(0, 100), step => Assert.Equal(0.001, between.WeightDecay(step, 100), 1e-12));
        Assert.All(Enumerable.Range(0, 100), step => Assert.Equal(step < 10 ? 0.001 : 0.01, last.WeightDecay(step, 100), 1e-12));
        Assert.All(Enumerable.Range(0, 100), step => Assert.Equal(LearningRate.At(Spec, step, 100), last.Rate(step, 100)));
        static LowDecayWhilePruning Low(bool last) => new(new WarmCosine(Spec), Spec, last);
    }
}
