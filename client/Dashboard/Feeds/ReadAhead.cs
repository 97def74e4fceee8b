using Microsoft.Extensions.Hosting;

namespace Distributed.Dashboard;

/// <summary>Connects, and reads the newest sweeps, before anybody asks: whoever opens a page soon after the start finds them known.</summary>
internal sealed class ReadAhead(IDashboardSource source, SweepFeeds feeds) : BackgroundService
{
    private const int Most = 4;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var sweeps = await source.List(stoppingToken);
            foreach (var sweep in sweeps.OrderByDescending(sweep => sweep.Launched).Take(Most))
            {
                using var handle = feeds.Open(sweep.Name);
                await handle.Feed.Loaded.WaitAsync(stoppingToken);
            }
        }
        catch (Exception) when (!stoppingToken.IsCancellationRequested)
        {
            // Whatever it was: a page that is opened asks again and shows it.
        }
    }
}
