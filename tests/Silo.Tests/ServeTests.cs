using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Distributed.Contracts;
using Distributed.Silo.Serving;
using Distributed.Sweeps;

namespace Distributed.Silo.Tests;

/// <summary>Whole silos as processes, with stub trials.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_sweep_runs_through_real_executors_to_its_end()
    {
        await using var silo = await StubSilo.Start(_store.Folder);
        Assert.True(File.Exists(Path.Combine(_store.Folder, "silo.json")));
        await silo.Sweep("demo").Launch(StubSilo.Spec("stub:steps=6,step-ms=2,noise=3"));
        var state = await silo.WatchToEnd("demo");
        Assert.Equal(SweepStatus.Finished, state.Status);
        Assert.Equal(7, state.Trials.Count);
        Assert.All(state.Trials, trial => Assert.True(trial.IsClosed));
        Assert.All(state.Trials, trial => Assert.Single(trial.Attempts));
        Assert.NotEmpty(state.Front);
        Assert.True(state.Hypervolume > 0);
        Assert.Equal(0, await silo.Leave());
        Assert.False(File.Exists(Path.Combine(_store.Folder, "silo.json")));
    }

    [Fact]
    public async Task Every_phase_of_a_trial_is_in_the_log_before_what_came_after_it_however_short()
    {
        await using var silo = await StubSilo.Start(_store.Folder, slots: 1);
        await silo.Sweep("demo").Launch(StubSilo.Spec("stub:steps=5,step-ms=0,measure-ms=0", trials: 4));
        await silo.WatchToEnd("demo");
        List<SweepRecord> log = [];
        await foreach (var entry in silo.Log("demo"))
        {
            log.Add(entry.Record);
            if (entry.Record is SweepRecord.StatusChanged { Status: SweepStatus.Finished }) break;
        }

        string[] rest = ["Checkpointed", "Measuring", "TrialClosed"];
        Assert.Equal(["Loading", "FineTuning", .. rest], Told(log, 0));
        for (int trial = 1; trial <= 4; trial++) Assert.Equal(["Loading", "FineTuning", "RungReached", .. rest], Told(log, trial));
    }

    [Fact]
    public async Task An_executor_that_dies_costs_one_attempt_and_its_slot_recovers()
    {
        await using var silo = await StubSilo.Start(_store.Folder, slots: 1);
        await silo.Sweep("demo").Launch(StubSilo.Spec("stub:steps=6,step-ms=2,kill=2", trials: 3));
        var state = await silo.WatchToEnd("demo");
        Assert.Equal(SweepStatus.Finished, state.Status);
        Assert.Equal([1, 1, 2, 1], state.Trials.Select(trial => trial.Attempts.Count));
        Assert.Contains("exit code 137", state.Trials[2].Attempts[0].Ending);
        Assert.All(state.Trials, trial => Assert.Equal(TrialStatus.Completed, trial.Status));
    }

    [Fact]
    public async Task A_paused_sweep_goes_on_from_its_checkpoint_in_the_next_silo()
    {
        var spec = StubSilo.Spec("stub:steps=100,step-ms=10", trials: 2);
        await using (var first = await StubSilo.Start(_store.Folder, slots: 1))
        {
            await first.Sweep("demo").Launch(spec);
            await foreach (var entry in first.Log("demo"))
            {
                if (entry.Record is SweepRecord.Checkpointed) break;
            }

            Assert.Equal(0, await first.Leave());
        }

        await using var second = await StubSilo.Start(_store.Folder, slots: 1);
        var catalog = second.Grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key);
        Assert.Equal(SweepStatus.Paused, Assert.Single(await catalog.List()).Status);
        await second.Sweep("demo").Launch(spec);
        var state = await second.WatchToEnd("demo");
        Assert.Equal(SweepStatus.Finished, state.Status);
        Assert.Equal(["released", "completed"], state.Trials[0].Attempts.Select(attempt => attempt.Ending));
        Assert.All(state.Trials, trial => Assert.Equal(TrialStatus.Completed, trial.Status));
    }

    [Fact]
    public async Task A_silo_that_was_killed_leaves_no_executor_and_its_sweep_goes_on()
    {
        var spec = StubSilo.Spec("stub:steps=100,step-ms=10", trials: 1);
        List<int> executors;
        await using (var first = await StubSilo.Start(_store.Folder, slots: 1))
        {
            await first.Sweep("demo").Launch(spec);
            await foreach (var entry in first.Log("demo"))
            {
                if (entry.Record is SweepRecord.Checkpointed) break;
            }

            executors = Children(first.Process.Id);
            Assert.Single(executors);
            first.Process.Kill();
            await first.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        foreach (int executor in executors) await Gone(executor);
        await using var second = await StubSilo.Start(_store.Folder, slots: 1);
        await second.Sweep("demo").Launch(spec);
        var state = await second.WatchToEnd("demo");
        Assert.Equal(SweepStatus.Finished, state.Status);
        Assert.Equal(["interrupted", "completed"], state.Trials[0].Attempts.Select(attempt => attempt.Ending));
    }

    [Fact]
    public async Task A_silo_leaves_when_its_parent_is_gone()
    {
        using var parent = Process.Start(new ProcessStartInfo("sleep", "1000"))!;
        using var silo = StubSilo.Begin("serve", "--store", _store.Folder, "--slots", "1", "--parent-pid", $"{parent.Id}");
        await silo.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        parent.Kill();
        await silo.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, silo.ExitCode);
    }

    [Fact]
    public async Task A_second_silo_on_the_same_store_is_refused()
    {
        await using var silo = await StubSilo.Start(_store.Folder, slots: 1);
        var refusal = await Refusal("serve", "--store", _store.Folder);
        Assert.Contains("another run uses this store", refusal.Found);
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var refusal = await Refusal("serve", "--store", _store.Folder, "--gateway-port", $"{port}");
        Assert.Contains("--gateway-port", refusal.Place);
        Assert.Contains($"{port}", refusal.Found);
    }

    [Theory]
    [InlineData("inspect", "nothing.onnx")]
    [InlineData("analyze", "nothing.json")]
    public async Task What_cannot_be_read_is_refused_as_json(string command, string file)
    {
        var refusal = await Refusal(command, file);
        Assert.Equal(file, refusal.Place);
        Assert.NotEmpty(refusal.Remedy);
    }

    private static IEnumerable<string> Told(IEnumerable<SweepRecord> log, int trial) => log
        .Where(record => record.OfTrial() == new TrialId(trial) && record is not (SweepRecord.Suggested or SweepRecord.Leased))
        .Select(record => record is SweepRecord.PhaseStarted { Phase: var phase } ? phase.ToString() : record.GetType().Name);

    private static async Task<(string Place, string Found, string Remedy)> Refusal(params string[] arguments)
    {
        using var process = StubSilo.Begin(arguments);
        process.StandardInput.Close();
        string said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, process.ExitCode);
        var json = JsonNode.Parse(said)!;
        return ((string)json["place"]!, (string)json["found"]!, (string)json["remedy"]!);
    }

    private static List<int> Children(int parent) =>
        [.. Directory.GetDirectories($"/proc/{parent}/task")
            .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(int.Parse)];

    private static async Task Gone(int process)
    {
        while (ProcessLife.IsAlive(process)) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
