using System.Collections.Concurrent;
using System.Reflection;
using Distributed.Contracts;
using Distributed.Silo.Executors;
using Distributed.Silo.Measuring;
using Distributed.Silo.Workers;
using Distributed.Sweeps;
using Microsoft.Extensions.Logging.Abstractions;

namespace Distributed.Silo.Tests;

/// <summary>What a slot outlives.</summary>
public sealed class SlotTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_slot_outlives_a_call_that_fails_as_nobody_foresaw()
    {
        ConcurrentQueue<Lease?> leases = new([Lease(1), Lease(2)]);
        TaskCompletionSource<int> completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource stopping = new();
        var slot = Slot((method, arguments) => method switch
        {
            nameof(ISweepGrain.Pull) => Task.FromResult(leases.TryDequeue(out var lease) ? lease : null),
            nameof(ISweepGrain.Complete) when (int)arguments[1]! == 1 => throw new NotSupportedException("A test throws it."),
            nameof(ISweepGrain.Complete) => Completed((int)arguments[1]!),
            _ => throw new InvalidOperationException(method),
        }).Run(stopping.Token);
        Assert.Equal(2, await completed.Task.WaitAsync(Soon, TimeProvider.System, TestContext.Current.CancellationToken));
        await stopping.CancelAsync();
        await slot;

        Task<CommitAnswer> Completed(int epoch)
        {
            completed.SetResult(epoch);
            return Task.FromResult(CommitAnswer.Accepted);
        }
    }

    [Fact]
    public async Task What_was_found_is_offered_until_a_sweep_that_refuses_takes_it()
    {
        ConcurrentQueue<Lease?> leases = new([Lease(1)]);
        int refused = 0;
        TaskCompletionSource completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource stopping = new();
        var slot = Slot((method, _) =>
        {
            if (method == nameof(ISweepGrain.Pull)) return Task.FromResult(leases.TryDequeue(out var lease) ? lease : null);
            if (++refused <= 2) throw new InvalidInputException("store", "the credentials are refused", "Correct them.");
            completed.TrySetResult();
            return Task.FromResult(CommitAnswer.Accepted);
        }).Run(stopping.Token);
        await completed.Task.WaitAsync(Soon, TimeProvider.System, TestContext.Current.CancellationToken);
        await stopping.CancelAsync();
        await slot;
        Assert.Equal(3, refused);
    }

    [Fact]
    public async Task A_lease_that_comes_while_the_silo_leaves_is_given_back()
    {
        using CancellationTokenSource stopping = new();
        ConcurrentQueue<string> calls = [];
        var slot = Slot((method, _) =>
        {
            calls.Enqueue(method);
            if (method != nameof(ISweepGrain.Pull)) return Task.CompletedTask;
            stopping.Cancel();
            return Task.FromResult<Lease?>(Lease(1));
        });
        await slot.Run(stopping.Token).WaitAsync(Soon, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal([nameof(ISweepGrain.Pull), nameof(ISweepGrain.Release)], calls);
    }

    [Fact]
    public async Task Heartbeats_outlive_one_that_fails_as_nobody_foresaw()
    {
        ConcurrentQueue<Lease?> leases = new([Lease(1, "stub:steps=1,step-ms=100000")]);
        int beats = 0;
        TaskCompletionSource beaten = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource stopping = new();
        var around = Around((method, _) => method switch
        {
            nameof(ISweepGrain.Pull) => Task.FromResult(leases.TryDequeue(out var lease) ? lease : null),
            nameof(ISweepGrain.Heartbeat) => Beaten(),
            _ => Task.CompletedTask,
        });
        var beating = around.Heartbeats.Run(stopping.Token);
        var slot = Slot(around).Run(stopping.Token);
        await beaten.Task.WaitAsync(Soon, TimeProvider.System, TestContext.Current.CancellationToken);
        await stopping.CancelAsync();
        foreach (var attempt in around.Heartbeats.Attempts) await attempt.Revoke();
        await slot;
        await beating;

        Task<IReadOnlyList<LeaseAnswer>> Beaten()
        {
            if (++beats == 1) throw new NotSupportedException("A test throws it.");
            beaten.TrySetResult();
            return Task.FromResult<IReadOnlyList<LeaseAnswer>>([LeaseAnswer.Continue]);
        }
    }

    private static Lease Lease(int epoch, string behaviour = "stub:steps=1,step-ms=0") =>
        new(new() { Spec = StubSilo.Spec(behaviour), Trial = TrialId.Dense, Epoch = epoch }, TimeSpan.FromSeconds(15));

    /// <summary>A slot whose signs of life are answered as usual.</summary>
    private Slot Slot(Func<string, object?[], object> answer) => Slot(Around((method, arguments) => method == nameof(ISweepGrain.Heartbeat)
        ? Task.FromResult<IReadOnlyList<LeaseAnswer>>([LeaseAnswer.Continue])
        : answer(method, arguments)));

    private static Slot Slot(SlotSurroundings around) => new("test/0", new("cpu", "", 0, ""), around, NullLogger<Slot>.Instance);

    private SlotSurroundings Around(Func<string, object?[], object> answer)
    {
        SweepCalls calls = new(Grains.That(answer), new(TimeProvider.System, Soon), NullLogger<SweepCalls>.Instance);
        WorkerOptions options = new() { Beat = TimeSpan.FromMilliseconds(250), Idle = TimeSpan.FromMilliseconds(20) };
        Heartbeats heartbeats = new(calls, options, TimeProvider.System, NullLogger<Heartbeats>.Instance);
        HostTurn host = new(Path.Combine(_store.Folder, "host"), TimeProvider.System, NullLogger<HostTurn>.Instance);
        ExecutorLaunch launch = new(StubSilo.Host, [StubSilo.Program, "executor"], _store.Folder);
        return new(calls, heartbeats, new(), host, launch, new(), options, TimeProvider.System);
    }

    /// <summary>Grains that answer by the name of the method.</summary>
    public class Grains : DispatchProxy
    {
        private Func<string, object?[], object> _answer = null!;

        public static IGrainFactory That(Func<string, object?[], object> answer) => Create<IGrainFactory>(answer);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name != nameof(IGrainFactory.GetGrain)
            ? _answer(targetMethod.Name, args!)
            : targetMethod.ReturnType == typeof(ICatalogGrain) ? Create<ICatalogGrain>(_answer) : Create<ISweepGrain>(_answer);

        private static T Create<T>(Func<string, object?[], object> answer)
            where T : class
        {
            T proxy = Create<T, Grains>();
            ((Grains)(object)proxy)._answer = answer;
            return proxy;
        }
    }
}
