using Microsoft.Playwright;

namespace Distributed.Benchmarks;

/// <summary>What the dashboard's process occupies for each open page, after it collected what nobody uses.</summary>
internal static class MemoryPart
{
    private const double AimBytes = 50e6;

    /// <summary>Opens one page, then more, while trials end.</summary>
    public static async Task<bool> Run(ServedSweep sweep, FileInfo console, SystemBrowser browser, int pages, int trialsPerSecond)
    {
        using var dashboard = await DashboardProcess.Start(console, sweep.Store);
        long before = await dashboard.Occupied();
        var profile = await browser.Profile();
        using CancellationTokenSource stop = new();
        var flow = sweep.Flow(trialsPerSecond, stop.Token);
        await Open(profile, dashboard, sweep, drawn: true);
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        long one = await dashboard.Occupied();
        // Pictures are drawn once for all pages, the first has asked for them.
        await Task.WhenAll(Enumerable.Range(0, pages).Select(_ => Open(profile, dashboard, sweep, drawn: false)));
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
        double each = (await dashboard.Occupied() - one) / (double)pages;
        await stop.CancelAsync();
        await flow;
        await profile.CloseAsync();
        Console.WriteLine(Invariant($"each of {pages} more pages: {each / 1e6:0.0} MB (aim {AimBytes / 1e6:0}); the first page with the sweep that all share: {(one - before) / 1e6:0} MB; the dashboard without a page {before / 1e6:0} MB"));
        return each <= AimBytes;
    }

    /// <summary>Opens a page and waits until it is alive and, unless pictures are left out, its front is drawn.</summary>
    public static async Task Open(IBrowserContext profile, DashboardProcess dashboard, ServedSweep sweep, bool drawn)
    {
        var page = await profile.NewPageAsync();
        if (!drawn) await page.RouteAsync("**/*", route => route.Request.Url.Contains("/figures/", StringComparison.Ordinal) || route.Request.Url.Contains("plotly", StringComparison.Ordinal) ? route.AbortAsync() : route.ContinueAsync());
        await page.GotoAsync($"{dashboard.Address}sweeps/{sweep.Name}", new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForFunctionAsync("() => document.querySelector('[data-interactive]') && document.querySelector('.facts')");
        if (drawn) await page.WaitForFunctionAsync("() => document.querySelector('#chart-front plot-figure[data-state=drawn] .main-svg')");
    }
}
