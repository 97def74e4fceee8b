using Distributed.Silo.Measuring;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Distributed.Silo.Tests;

/// <summary>Two silos of one host, as two holders of the same files.</summary>
public sealed class HostTurnTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("host-turn-").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly List<HostTurn> _turns = [];

    public void Dispose()
    {
        foreach (var turn in _turns) turn.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_measurement_waits_until_the_other_silo_stands_still_and_lets_it_go_on_afterwards()
    {
        var (one, two) = (Silo(), Silo());
        Assert.False(two.IsOthers);
        var taking = one.Take(this);
        Assert.True(two.IsOthers);
        Assert.False(taking.IsCompleted);
        var aside = two.StandAside(TestContext.Current.CancellationToken);
        await Passes(taking);
        Assert.False(aside.IsCompleted);
        one.Give(this);
        await Passes(aside);
        Assert.False(two.IsOthers);
    }

    [Fact]
    public async Task A_holder_that_is_gone_gives_up_its_place()
    {
        var (one, two) = (Silo(), Silo());
        var taking = one.Take(this);
        one.Give(this);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Passes(taking));
        Assert.False(two.IsOthers);
    }

    [Fact]
    public async Task A_silo_that_does_not_stand_still_is_waited_for_no_longer_than_the_limit()
    {
        var (one, _) = (Silo(), Silo());
        await Passes(one.Take(this));
        one.Give(this);
    }

    [Fact]
    public async Task The_turn_of_a_silo_that_died_is_free()
    {
        var (one, two) = (Silo(), Silo());
        var taking = one.Take(this);
        Assert.True(two.IsOthers);
        one.Dispose();
        Assert.False(two.IsOthers);
        Assert.False(taking.IsCompleted);
    }

    private HostTurn Silo()
    {
        HostTurn turn = new(_folder, _time, NullLogger<HostTurn>.Instance);
        turn.Compute();
        _turns.Add(turn);
        return turn;
    }

    /// <summary>Lets time pass until a task has ended.</summary>
    private async Task Passes(Task task)
    {
        while (!task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        await task;
    }
}
