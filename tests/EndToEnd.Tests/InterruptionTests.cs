using System.Diagnostics;

namespace Distributed.EndToEnd.Tests;

public sealed class InterruptionTests
{
    [Theory, InlineData("dense: "), InlineData("trial 2: "), InlineData("3 done")]
    public async Task An_interrupted_sweep_goes_on_where_it_stopped(string saying)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("small.yaml", SweepFiles.Shapes(trials: 8));
        using (var console = ConsoleProcess.Start(folder.Path, "run", file, "--json"))
        {
            await console.Says(saying);
            console.Interrupt();
            Assert.True(await console.Ended() == 130, console.Error);
        }

        await AssertFinishes(folder, file);
    }

    [Fact]
    public async Task A_killed_console_leaves_no_process_and_loses_no_trial()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("small.yaml", SweepFiles.Shapes(trials: 8));
        using (var console = ConsoleProcess.Start(folder.Path, "run", file, "--json"))
        {
            await console.Says("trial 2: ");
            console.KillNow();
            await console.Ended();
        }

        await AssertNothingRuns(folder.Path);
        await AssertFinishes(folder, file);
    }

    private static async Task AssertFinishes(TemporaryFolder folder, string file)
    {
        var (code, output, error) = await ConsoleProcess.Run(folder.Path, "run", file, "--json");
        Assert.True(code == 0, error);
        var report = RunReport.Parse(output);
        Assert.Equal(8, report.Trials.Completed + report.Trials.Stopped + report.Trials.Failed);
        Assert.Equal(0, report.Trials.Failed);
        await AssertNothingRuns(folder.Path);
    }

    /// <summary>No process names the folder on its command line any more, within half a minute.</summary>
    private static async Task AssertNothingRuns(string folder)
    {
        for (int i = 0; i < 60 && Running(folder).Any(); i++)
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Empty(Running(folder));
    }

    private static IEnumerable<string> Running(string folder) =>
        from process in Process.GetProcesses()
        let line = CommandLine(process.Id)
        where line.Contains(folder, StringComparison.Ordinal)
        select line;

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText(Invariant($"/proc/{process}/cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return ""; // The process has ended meanwhile.
        }
    }
}
