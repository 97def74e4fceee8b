using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Distributed.Dashboard;

/// <summary>Connects, and reads the newest sweeps, before anybody asks: whoever opens a page soon after the start finds them known.</summary>
internal sealed partial class ReadAhead(IDashboardSource source, SweepFeeds feeds, ILogger<ReadAhead> logger) : BackgroundService
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
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            // Whatever it was: a page that is opened asks again and shows it.
            LogNothingAhead(error);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The newest sweeps could not be read ahead; their pages ask again when they are opened")]
    private partial void LogNothingAhead(Exception error);
}
