using Distributed.Dashboard.Components.Trials;

namespace Distributed.Dashboard.Tests.Trials;

public sealed class TimeScaleTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_a_pause_places_are_proportional_to_time()
    {
        TimeScale scale = new([(At(0), At(10))]);
        Assert.Equal([0, 0.25, 1, 1], new[] { 0, 2.5, 10, 99 }.Select(second => scale.At(At(second))));
        Assert.Empty(scale.Cuts);
    }

    [Fact]
    public void A_long_pause_is_cut_short_and_told()
    {
        TimeScale scale = new([(At(0), At(50)), (At(3600), At(3650))]);
        var (from, to, length) = Assert.Single(scale.Cuts);
        Assert.Equal((50 / 108.0, 58 / 108.0), (from, to));
        Assert.Equal(3550, length.TotalSeconds);
        Assert.Equal(1, scale.At(At(3650)), 12);
    }

    [Fact]
    public void A_moment_without_length_has_a_place()
    {
        TimeScale scale = new([(At(1), At(1))]);
        Assert.Equal(0, scale.At(At(1)));
    }

    private static DateTimeOffset At(double second) => Start.AddSeconds(second);
}
