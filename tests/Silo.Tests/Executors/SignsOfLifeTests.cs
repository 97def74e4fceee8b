using Distributed.Silo.Executors;
using Distributed.Silo.Workers;
using Distributed.Sweeps;
using Microsoft.Extensions.Time.Testing;

namespace Distributed.Silo.Tests;

/// <summary>What counts as life, and what as waiting.</summary>
public sealed class SignsOfLifeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly SignsOfLife _signs = new();

    [Fact]
    public void An_executor_is_owed_an_answer_from_its_question_until_it_is_told()
    {
        _signs.Hear(new FromExecutor.MeasureAsked());
        Assert.True(_signs.IsOwed);
        _signs.Tell(new ToExecutor.MeasureGranted());
        Assert.False(_signs.IsOwed);
        _signs.Hear(new FromExecutor.AtRung(new(0, 0, 0.5)));
        Assert.True(_signs.IsOwed);
        _signs.Tell(new ToExecutor.RungDecided(null));
        Assert.False(_signs.IsOwed);
    }

    [Fact]
    public void A_pause_counts_from_when_the_executor_stands_to_its_end()
    {
        _signs.Tell(new ToExecutor.Pause(1));
        Assert.False(_signs.IsOwed);
        _signs.Hear(new FromExecutor.Paused(1));
        Assert.True(_signs.IsOwed);
        _signs.Tell(new ToExecutor.Resume());
        Assert.False(_signs.IsOwed);
    }

    [Fact]
    public void A_pause_that_comes_before_its_attempt_is_still_one()
    {
        _signs.Tell(new ToExecutor.Pause(1));
        _signs.Tell(new ToExecutor.Run(new() { Spec = StubSilo.Spec("stub"), Trial = TrialId.Dense, Epoch = 1 }));
        _signs.Hear(new FromExecutor.Paused(1));
        Assert.True(_signs.IsOwed);
    }

    [Fact]
    public void Standing_that_crossed_with_the_end_of_its_pause_is_none()
    {
        _signs.Tell(new ToExecutor.Pause(1));
        _signs.Tell(new ToExecutor.Resume());
        _signs.Hear(new FromExecutor.Paused(1));
        Assert.False(_signs.IsOwed);
    }

    [Fact]
    public void Who_is_drained_while_it_stands_goes_on()
    {
        _signs.Tell(new ToExecutor.Pause(1));
        _signs.Hear(new FromExecutor.Paused(1));
        _signs.Tell(new ToExecutor.Drain());
        Assert.False(_signs.IsOwed);
    }

    [Fact]
    public void What_one_attempt_asked_is_not_owed_to_the_next()
    {
        _signs.Hear(new FromExecutor.MeasureAsked());
        _signs.Tell(new ToExecutor.Run(new() { Spec = StubSilo.Spec("stub"), Trial = TrialId.Dense, Epoch = 2 }));
        Assert.False(_signs.IsOwed);
    }

    [Fact]
    public void A_stall_is_told_once_and_counts_from_the_last_sign()
    {
        FakeTimeProvider time = new();
        List<TimeSpan> stalls = [];
        using var watch = StallWatch.Begin(_signs, Limit, time, stalls.Add);
        time.Advance(Limit - StallWatch.Glance(Limit));
        _signs.Hear(new FromExecutor.Moved());
        time.Advance(Limit);
        Assert.Empty(stalls);
        time.Advance(StallWatch.Glance(Limit));
        Assert.Equal([Limit], stalls);
        time.Advance(10 * Limit);
        Assert.Single(stalls);
    }

    [Fact]
    public void Time_before_an_answer_does_not_count_and_time_after_it_does()
    {
        FakeTimeProvider time = new();
        List<TimeSpan> stalls = [];
        using var watch = StallWatch.Begin(_signs, Limit, time, stalls.Add);
        _signs.Hear(new FromExecutor.MeasureAsked());
        time.Advance(5 * Limit);
        _signs.Tell(new ToExecutor.MeasureGranted());
        time.Advance(Limit - StallWatch.Glance(Limit));
        Assert.Empty(stalls);
        time.Advance(StallWatch.Glance(Limit));
        Assert.Single(stalls);
    }
}
