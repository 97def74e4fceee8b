using System.CommandLine;

namespace Distributed.Benchmarks;

/// <summary>A long sweep's page as people see it: a real browser on a real dashboard of a real silo.</summary>
internal sealed class DashboardBenchmark : IBenchmark
{
    private static readonly string[] Parts = ["loads", "lag", "memory", "viewers"];

    private readonly Option<string[]> _parts = new("--part")
    {
        Description = "What is measured: loads (until the page answers), lag (from a record to the page), memory (for each open page), viewers (what they cost the sweep's grain). Default: all.",
        DefaultValueFactory = _ => Parts,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _trials = new("--trials") { Description = "Recorded trials.", DefaultValueFactory = _ => 10_000 };
    private readonly Option<int> _loads = new("--loads") { Description = "Times that the page is loaded by new browsers, and again by one that knows it.", DefaultValueFactory = _ => 8 };
    private readonly Option<int> _pages = new("--pages") { Description = "Pages that are open at once for their memory.", DefaultValueFactory = _ => 10 };
    private readonly Option<int> _viewers = new("--viewers") { Description = "Viewers of the sweep.", DefaultValueFactory = _ => 50 };
    private readonly Option<int> _rate = new("--rate") { Description = "Trials that end each second while the page is looked at.", DefaultValueFactory = _ => 5 };
    private readonly Option<int> _seconds = new("--seconds") { Description = "How long trials end while lag and viewers are measured.", DefaultValueFactory = _ => 30 };
    private readonly Option<FileInfo?> _chromium = new("--chromium") { Description = "The browser's program. Default: the system's chromium or Chrome." };
    private readonly Option<FileInfo?> _console = new("--console") { Description = "Distributed.Client.dll. Default: as it is built beside this program." };

    public Command Command()
    {
        var command = new Command("dashboard", "A long sweep's page: time to answer, lag behind the log, memory, what viewers cost the sweep.") { _parts, _trials, _loads, _pages, _viewers, _rate, _seconds, _chromium, _console };
        _parts.AcceptOnlyFromAmong(Parts);
        command.SetAction((parsed, _) => Run(parsed));
        return command;
    }

    private async Task<int> Run(ParseResult parsed)
    {
        if (SystemBrowser.Find(parsed.GetValue(_chromium)) is not { } program)
            return Missing($"There is no browser ({SystemBrowser.Looked(parsed.GetValue(_chromium))}). Install chromium, or name a chromium or Chrome with --chromium FILE.");
        if ((parsed.GetValue(_console) ?? DashboardProcess.Built) is not { Exists: true } console)
            return Missing("There is no console to serve the dashboard. Build client/Console in the same configuration, or name its Distributed.Client.dll with --console FILE.");
        return await ClusterBenchmark.InNewFolder(async store =>
        {
            await using var sweep = await ServedSweep.Start(store, parsed.GetValue(_trials));
            await using var browser = await SystemBrowser.Start(program);
            bool kept = true;
            int rate = parsed.GetValue(_rate);
            var length = TimeSpan.FromSeconds(parsed.GetValue(_seconds));
            foreach (string part in parsed.GetRequiredValue(_parts))
            {
                kept &= part switch
                {
                    "loads" => await LoadsPart.Run(sweep, console, browser, parsed.GetValue(_loads)),
                    "lag" => await LagPart.Run(sweep, console, browser, rate, length),
                    "memory" => await MemoryPart.Run(sweep, console, browser, parsed.GetValue(_pages), rate),
                    _ => await ViewersPart.Run(sweep, console, browser, parsed.GetValue(_viewers), rate, length),
                };
            }

            return kept ? 0 : 1;
        });
    }

    private static int Missing(string what)
    {
        Console.Error.WriteLine(what);
        return 2;
    }
}
