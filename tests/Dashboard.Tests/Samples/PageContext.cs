using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Distributed.Dashboard.Tests.Samples;

/// <summary>What pages need around them, without a browser and without waiting.</summary>
internal sealed class PageContext : BunitContext
{
    public PageContext()
    {
        Time.AutoAdvanceAmount = TimeSpan.Zero;
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton<IDashboardSource>(Source);
        Services.AddFeeds();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public FakeSource Source { get; } = new();

    public FakeTimeProvider Time { get; } = new(SampleLog.Start.AddMinutes(5));

    /// <summary>The feed of the sample sweep, held open.</summary>
    public SweepFeed Feed => _handle.Feed;

    private FeedHandle _handle = null!;

    /// <summary>Puts a log in, opens the feed and waits until it was read; the sweep is live where the source is.</summary>
    public async Task Open(IEnumerable<LogEntry> log)
    {
        Source.Record(log);
        _handle = Services.GetRequiredService<SweepFeeds>().Open(SampleLog.Spec.Name);
        if (Source.IsLive) Source.Send(new SweepEvent.Idle(0));
        await Feed.Loaded;
    }

    /// <summary>Lets time pass until a page asks again and warns no more.</summary>
    /// <param name="page">The page.</param>
    /// <param name="notices">What it must not hold any more.</param>
    public Task ComesBack<T>(IRenderedComponent<T> page, string notices = ".notice")
        where T : IComponent => page.WaitForAssertionAsync(
            () =>
            {
                Time.Advance(TimeSpan.FromSeconds(3));
                Assert.Empty(page.FindAll(notices));
            },
            TimeSpan.FromSeconds(10));
}
