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

    private static Lease Lease(int epoch) =>
        new(new() { Spec = StubSilo.Spec("stub:steps=1,step-ms=0"), Trial = TrialId.Dense, Epoch = epoch }, TimeSpan.FromSeconds(15));

    private Slot Slot(Func<string, object?[], object> answer)
    {
        // Phases are not told: no heartbeat is due before the end.
        SweepCalls calls = new(Grains.That((method, arguments) => method == nameof(ISweepGrain.Heartbeat)
            ? Task.FromResult<IReadOnlyList<LeaseAnswer>>([LeaseAnswer.Continue])
            : answer(method, arguments)), new(TimeProvider.System, Soon), NullLogger<SweepCalls>.Instance);
        WorkerOptions options = new() { Beat = TimeSpan.FromMilliseconds(250), Idle = TimeSpan.FromMilliseconds(20) };
        Heartbeats heartbeats = new(calls, options, TimeProvider.System, NullLogger<Heartbeats>.Instance);
        HostTurn host = new(Path.Combine(_store.Folder, "host"), TimeProvider.System, NullLogger<HostTurn>.Instance);
        ExecutorLaunch launch = new(StubSilo.Host, [StubSilo.Program, "executor"], _store.Folder);
        return new("test/0", new("cpu", "", 0, ""), new(calls, heartbeats, new(), host, launch, new(), options, TimeProvider.System), NullLogger<Slot>.Instance);
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
