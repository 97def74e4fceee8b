namespace Distributed.Grains.Tests;

/// <summary>Leases, and what is told of them, while the store is slow, away or refuses.</summary>
public sealed class SlowStoreTests(Cluster cluster) : IClassFixture<Cluster>
{
    [Fact]
    public async Task A_store_that_is_away_for_minutes_costs_nothing_but_the_wait()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var lease = await sweep.MustPull("a/0");
        cluster.Logs.BeforeAppend = (id, _) =>
        {
            if (id == sweep.Spec.Name) throw new IOException("The store is away.");
        };
        for (int i = 0; i < 5; i++)
        {
            await Assert.ThrowsAsync<SweepUnavailableException>(() => sweep.Complete(lease));
            cluster.Time.Advance(TimeSpan.FromMinutes(1));
        }

        cluster.Logs.BeforeAppend = null;
        Assert.Equal(CommitAnswer.Accepted, await UnlessUnavailable(() => sweep.Complete(lease)));
        Assert.Equal(TrialStatus.Completed, (await sweep.Trial(lease)).Status);
    }

    [Fact]
    public async Task A_lease_that_nobody_was_told_of_is_not_lost()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Logs.Slowness = id => id == sweep.Spec.Name ? written.Task : Task.CompletedTask;
        List<Task<TrialAssignment>> asked = [];
        for (int i = 0; i < 6; i++)
        {
            // The worker gives up each answer and asks anew, while the store takes its time.
            asked.Add(sweep.MustPull("a/0"));
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, TestContext.Current.CancellationToken);
            cluster.Time.Advance(TimeSpan.FromSeconds(18));
        }

        cluster.Logs.Slowness = null;
        written.SetResult();
        var leases = await Task.WhenAll(asked).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Single(leases.Select(lease => (lease.Trial, lease.Epoch)).Distinct());
        Assert.Single((await sweep.Trial(leases[0])).Attempts);
        Assert.Equal(LeaseAnswer.Continue, await sweep.Beat(leases[0]));
    }

    [Fact]
    public async Task A_lease_that_was_written_after_its_slot_gave_up_is_given_once_more_and_then_counts_as_lost()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Logs.Slowness = id => id == sweep.Spec.Name ? written.Task : Task.CompletedTask;
        var heardByNobody = sweep.MustPull("a/0");
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, TestContext.Current.CancellationToken);
        cluster.Time.Advance(TimeSpan.FromSeconds(16));
        cluster.Logs.Slowness = null;
        written.SetResult();
        var lease = await heardByNobody;
        var again = await sweep.MustPull("a/0");
        Assert.Equal((lease.Trial, lease.Epoch), (again.Trial, again.Epoch));
        await sweep.MustPull("a/0");
        Assert.Equal(SweepRules.SlotAsksAnew, (await sweep.Trial(lease)).Attempts[0].Ending);
    }

    [Fact]
    public async Task A_log_that_was_refused_is_opened_again()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        cluster.Logs.BeforeOwn = id =>
        {
            if (id == sweep.Spec.Name) throw new InvalidInputException("store", "the credentials are refused", "Correct them.");
        };
        await Cluster.Deactivate(sweep.Grain);
        await Assert.ThrowsAsync<InvalidInputException>(sweep.Grain.Resume);
        cluster.Logs.BeforeOwn = null;
        await Assert.ThrowsAsync<InvalidInputException>(sweep.Grain.Resume);
        cluster.Time.Advance(TimeSpan.FromSeconds(11));
        TrialAssignment? lease = null;
        for (int i = 0; i < 500 && lease is null; i++)
        {
            try
            {
                lease = await sweep.MustPull();
            }
            catch (InvalidInputException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }

        Assert.NotNull(lease);
        Assert.Equal(CommitAnswer.Accepted, await sweep.Complete(lease));
    }

    /// <summary>As a worker repeats a call of which it does not know what became.</summary>
    private static async Task<T> UnlessUnavailable<T>(Func<Task<T>> call)
    {
        for (int i = 0; i < 100; i++)
        {
            try
            {
                return await call();
            }
            catch (SweepUnavailableException)
            {
                await Task.Yield();
            }
        }

        return await call();
    }
}
