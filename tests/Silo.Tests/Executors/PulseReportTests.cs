using Distributed.Silo.Executors;
using Distributed.Sweeps;
using Microsoft.Extensions.Time.Testing;

namespace Distributed.Silo.Tests;

public sealed class PulseReportTests
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_pulse_that_moves_is_told_of_once_an_interval_and_one_that_stands_is_not()
    {
        FakeTimeProvider time = new();
        int told = 0;
        using PulseReport report = new(() => told++, Every, time);
        time.Advance(Every);
        Assert.Equal(0, told);
        Pulse.Beat();
        Pulse.Beat();
        Assert.Equal(0, told);
        time.Advance(Every);
        Assert.Equal(1, told);
        time.Advance(5 * Every);
        Assert.Equal(1, told);
        Pulse.Beat();
        time.Advance(Every);
        Assert.Equal(2, told);
    }

    [Fact]
    public void A_worker_that_is_gone_is_no_concern_of_the_timers()
    {
        FakeTimeProvider time = new();
        using PulseReport report = new(() => throw new IOException("The pipe is closed."), Every, time);
        Pulse.Beat();
        time.Advance(Every);
    }
}
