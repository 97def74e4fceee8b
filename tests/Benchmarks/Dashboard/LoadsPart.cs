using Microsoft.Playwright;

namespace Distributed.Benchmarks;

/// <summary>How long after navigation a sweep's page answers a click, and until its front is drawn.</summary>
internal static class LoadsPart
{
    private const double AimMilliseconds = 1000;

    /// <summary>Presses "Pause" as soon as the page claims to be alive, and notes when the question is there that the server answers with.</summary>
    private const string Watch = """
        (() => {
          const marks = window.marks = {};
          let pressed = false;
          const look = () => {
            const now = performance.now();
            if (!marks.shown && document.querySelector(".facts")) marks.shown = now;
            if (!marks.alive && document.querySelector("[data-interactive]")) marks.alive = now;
            if (!pressed && document.querySelector("[data-interactive]")) { const button = document.querySelector(".title .actions button"); if (button) { button.click(); pressed = true; } }
            if (!marks.answers && document.querySelector(".title .confirm")) marks.answers = now;
            if (!marks.drawn && document.querySelector("#chart-front plot-figure[data-state=drawn] .main-svg")) marks.drawn = now;
            if (!marks.answers || !marks.drawn) setTimeout(look, 5);
          };
          look();
        })();
        """;

    private sealed record Load(double Shown, double Alive, double Answers, double Drawn, double Processor);

    /// <summary>Loads the page right after the dashboard started, then by new profiles, then again by one that knows it.</summary>
    public static async Task<bool> Run(ServedSweep sweep, FileInfo console, SystemBrowser browser, int loads)
    {
        using var dashboard = await DashboardProcess.Start(console, sweep.Store);
        string address = $"{dashboard.Address}sweeps/{sweep.Name}";
        List<Load> first = [], fresh = [], known = [];
        for (int i = 0; i <= loads; i++)
        {
            var profile = await browser.Profile();
            (i == 0 ? first : fresh).Add(await Once(dashboard, profile, address));
            await profile.CloseAsync();
        }

        var kept = await browser.Profile();
        for (int i = 0; i <= loads; i++)
        {
            var load = await Once(dashboard, kept, address);
            if (i > 0) known.Add(load);
        }

        await kept.CloseAsync();
        Tell("the first page since the dashboard started", first);
        Tell("a browser that was never here", fresh);
        Tell("a browser that was here before", known);
        return Quartiles.Of(fresh.Concat(known).Select(load => load.Answers)).Median <= AimMilliseconds;
    }

    private static async Task<Load> Once(DashboardProcess dashboard, IBrowserContext profile, string address)
    {
        var page = await profile.NewPageAsync();
        var before = dashboard.Processor;
        await page.AddInitScriptAsync(Watch);
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForFunctionAsync("() => window.marks.answers && window.marks.drawn");
        double[] marks = await page.EvaluateAsync<double[]>("() => [window.marks.shown, window.marks.alive, window.marks.answers, window.marks.drawn]");
        await page.CloseAsync();
        return new(marks[0], marks[1], marks[2], marks[3], (dashboard.Processor - before).TotalMilliseconds);
    }

    private static void Tell(string who, List<Load> loads) => Console.WriteLine(Invariant(
        $"{who}: facts shown after {Text(loads, load => load.Shown)}, the page alive after {Text(loads, load => load.Alive)}, a click answered after {Text(loads, load => load.Answers)} (aim {AimMilliseconds:0}), the front drawn after {Text(loads, load => load.Drawn)}; the dashboard used {Text(loads, load => load.Processor)} of a core"));

    private static string Text(List<Load> loads, Func<Load, double> mark) => loads.Count == 1
        ? Invariant($"{mark(loads[0]):0} ms")
        : Invariant($"{Quartiles.Of(loads.Select(mark)).Median:0} ms (most {loads.Max(mark):0})");
}
