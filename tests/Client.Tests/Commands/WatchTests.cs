using Distributed.Client.Tests.Samples;

namespace Distributed.Client.Tests.Commands;

public sealed class WatchTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task Elsewhere_than_in_a_terminal_it_is_lines()
    {
        Half();
        Assert.Equal(0, await _line.Run("sweep", "watch", "sample"));
        Expected.Matches(_line.Messages + "---\n" + _line.Output, Path.Combine(Expected.Folder(), "sweep-watch.txt"));
    }

    [Fact]
    public async Task A_silo_that_is_gone_for_a_while_is_waited_for_and_nothing_is_missed_or_seen_twice()
    {
        Half();
        Assert.Equal(0, await Patient("sweep", "watch", "sample", "--json"));
        string calm = _line.Lines;
        _line.Sessions.Losses = 3;
        Assert.Equal(0, await Patient("sweep", "watch", "sample", "--json"));
        Assert.Equal(calm, _line.Lines);
        _line.Sessions.Losses = 1;
        Assert.Equal(0, await Patient("sweep", "watch", "sample"));
        Assert.Contains("the silo does not answer since", _line.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interruption_ends_the_watching_and_not_the_sweep()
    {
        Half();
        _line.Sessions.Losses = int.MaxValue;
        var watching = _line.Run("sweep", "watch", "sample");
        _line.Interrupt();
        Assert.Equal(130, await watching);
        Assert.Contains("Left 'sample': it goes on", _line.Messages, StringComparison.Ordinal);
        Assert.Empty(_line.Sessions.Calls);
    }

    [Fact]
    public async Task Without_a_silo_it_says_how_to_go_on()
    {
        _line.Sessions.Stored = SampleSweep.Log(finished: false);
        Assert.Equal(0, await _line.Run("sweep", "watch", "sample"));
        Assert.Contains("'sweep resume sample' resumes it", _line.Messages, StringComparison.Ordinal);
    }

    private void Half()
    {
        _line.Sessions.Stored = SampleSweep.Log();
        _line.Sessions.Running = _line.Sessions.LoadsPart = true;
    }

    /// <summary>Runs a command, and lets time pass while it waits.</summary>
    private async Task<int> Patient(params string[] arguments)
    {
        var running = _line.Run(arguments);
        while (!running.IsCompleted)
        {
            _line.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await running;
    }
}
