namespace Distributed.Benchmarks;

/// <summary>What viewers cost the sweep's grain while trials end: pages of one dashboard, which share one watch, and watchers of their own, as terminals are.</summary>
internal static class ViewersPart
{
    private const double AimShare = 0.01;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    private readonly record struct Cost(double Grain, double Calls, double Process);

    /// <summary>Without viewers, with pages, with watchers, and without again: the last tells the drift.</summary>
    public static async Task<bool> Run(ServedSweep sweep, FileInfo console, SystemBrowser browser, int viewers, int trialsPerSecond, TimeSpan length)
    {
        using CancellationTokenSource stop = new();
        var flow = sweep.Flow(trialsPerSecond, stop.Token);
        var alone = await Measure(sweep, length);
        var pages = await WithPages(sweep, console, browser, viewers, length);
        var watchers = await WithWatchers(sweep, viewers, length);
        var again = await Measure(sweep, length);
        await stop.CancelAsync();
        await flow;
        double before = (alone.Grain + again.Grain) / 2;
        Console.WriteLine(Invariant($"the sweep's grain at {trialsPerSecond} trials a second: busy {100 * alone.Grain:0.00} % and {100 * again.Grain:0.00} % of the time without viewers ({alone.Calls:0} calls a second)"));
        Console.WriteLine(Invariant($"  {viewers} pages of one dashboard: {100 * pages.Grain:0.00} % ({pages.Calls:0} calls a second), {100 * (pages.Grain - before):+0.00;-0.00} points (aim 1); the silo's process {100 * alone.Process:0.0} → {100 * pages.Process:0.0} % of a core"));
        Console.WriteLine(Invariant($"  {viewers} watchers of their own: {100 * watchers.Grain:0.00} % ({watchers.Calls:0} calls a second), {100 * (watchers.Grain - before):+0.00;-0.00} points; the silo's process {100 * alone.Process:0.0} → {100 * watchers.Process:0.0} % of a core"));
        return pages.Grain - before <= AimShare;
    }

    /// <summary>Real pages; pictures are left out, which only browser and dashboard would have to do with.</summary>
    private static async Task<Cost> WithPages(ServedSweep sweep, FileInfo console, SystemBrowser browser, int viewers, TimeSpan length)
    {
        using var dashboard = await DashboardProcess.Start(console, sweep.Store);
        var profile = await browser.Profile();
        await Task.WhenAll(Enumerable.Range(0, viewers).Select(_ => MemoryPart.Open(profile, dashboard, sweep, drawn: false)));
        var cost = await Measure(sweep, length);
        await profile.CloseAsync();
        return cost;
    }

    private static async Task<Cost> WithWatchers(ServedSweep sweep, int viewers, TimeSpan length)
    {
        using CancellationTokenSource stop = new();
        long end = (await sweep.Log(0)).Count;
        var watching = Enumerable.Range(0, viewers).Select(_ => Task.Run(() => Watch(sweep, end, stop.Token))).ToList();
        var cost = await Measure(sweep, length);
        await stop.CancelAsync();
        await Task.WhenAll(watching);
        return cost;
    }

    private static async Task Watch(ServedSweep sweep, long from, CancellationToken stop)
    {
        try
        {
            await foreach (var _ in sweep.Grain.Watch(from, stop).WithCancellation(stop))
            {
                // Only that it is asked for is measured.
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    private static async Task<Cost> Measure(ServedSweep sweep, TimeSpan length)
    {
        var time = TimeProvider.System;
        await Task.Delay(Settle, time);
        long begun = time.GetTimestamp();
        var (before, calls) = sweep.Time.Total;
        var processor = Environment.CpuUsage.TotalTime;
        await Task.Delay(length, time);
        var (after, more) = sweep.Time.Total;
        var elapsed = time.GetElapsedTime(begun);
        return new((after - before) / elapsed, (more - calls) / elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor) / elapsed);
    }
}
