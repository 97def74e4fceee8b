using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>How long after its record in the log a trial is on the page, in numbers and in the front's chart.</summary>
internal static class LagPart
{
    private const double AimMilliseconds = 1000;

    /// <summary>Notes when the page counts more completed trials, and when the front is drawn with more points.</summary>
    private const string Watch = """
        (() => {
          const seen = window.seen = { facts: [], front: [] };
          const note = (list, count) => { if (count && count !== list.at(-1)?.[1]) list.push([Date.now(), count]); };
          const look = () => {
            note(seen.facts, Number(/Trials\s*(\d+)\s*completed/.exec(document.querySelector(".facts")?.textContent ?? "")?.[1]));
            const traces = document.querySelector("#chart-front plot-figure[data-state=drawn] .plot")?.data ?? [];
            const count = trace => Number(/of (\d+) drawn/.exec(trace.name)?.[1] ?? trace.x.length);
            note(seen.front, traces.filter(trace => /^(dominated|infeasible|front|knee)/.test(trace.name)).reduce((sum, trace) => sum + count(trace), 0));
          };
          new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["data-state"] });
        })();
        """;

    /// <summary>Lets trials end while one page is open.</summary>
    public static async Task<bool> Run(ServedSweep sweep, FileInfo console, SystemBrowser browser, int trialsPerSecond, TimeSpan length)
    {
        using var dashboard = await DashboardProcess.Start(console, sweep.Store);
        var profile = await browser.Profile();
        var page = await profile.NewPageAsync();
        await page.AddInitScriptAsync(Watch);
        await page.GotoAsync($"{dashboard.Address}sweeps/{sweep.Name}");
        int before = Completed(await sweep.Log(0)).Count;
        // What the sweep's first page reads of the past is no lag.
        await page.WaitForFunctionAsync("all => Object.values(window.seen).every(list => list.at(-1)?.[1] >= all)", before);
        using CancellationTokenSource stop = new(length, TimeProvider.System);
        await sweep.Flow(trialsPerSecond, stop.Token);
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        double[][] facts = await page.EvaluateAsync<double[][]>("() => window.seen.facts"), front = await page.EvaluateAsync<double[][]>("() => window.seen.front");
        await profile.CloseAsync();
        var closed = Completed(await sweep.Log(0));
        double[] inFacts = Lags(closed, before, facts), inFront = Lags(closed, before, front);
        Console.WriteLine(Invariant($"{trialsPerSecond} trials a second for {length.TotalSeconds:0} s: on the page {ClusterBenchmark.Percentiles(inFacts)}, at most {inFacts.Max():0} ms after its record (aim {AimMilliseconds:0}; {inFacts.Length} trials); in the front's chart {ClusterBenchmark.Percentiles(inFront)}, at most {inFront.Max():0} ms"));
        return inFacts.Max() <= AimMilliseconds;
    }

    private static List<DateTimeOffset> Completed(IEnumerable<LogEntry> log) =>
        [.. log.Where(entry => entry.Record is SweepRecord.TrialClosed { Trial.IsDense: false, Outcome: TrialOutcome.Completed }).Select(entry => entry.Time)];

    /// <summary>For each trial that ended while the page looked: from its record to the first sight of so many.</summary>
    private static double[] Lags(List<DateTimeOffset> closed, int before, double[][] seen)
    {
        List<double> lags = [];
        int at = 0;
        for (int trial = before; trial < closed.Count; trial++)
        {
            while (at < seen.Length && seen[at][1] <= trial) at++;
            if (at == seen.Length) throw new InvalidOperationException($"Trial {trial} of {closed.Count} has not appeared on the page.");
            lags.Add(seen[at][0] - closed[trial].ToUnixTimeMilliseconds());
        }

        return [.. lags];
    }
}
