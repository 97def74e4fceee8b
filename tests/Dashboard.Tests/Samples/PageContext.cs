using System.Diagnostics;
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
        DefaultWaitTimeout = Patience;
        Time.AutoAdvanceAmount = TimeSpan.Zero;
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton<IDashboardSource>(Source);
        Services.AddFeeds();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

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
        where T : IComponent => Shows(page, () => Assert.Empty(page.FindAll(notices)), TimeSpan.FromSeconds(3));

    /// <summary>Lets the pages' time pass, step by step, until a page shows what it should.</summary>
    /// <remarks>bUnit looks again only when something was rendered: where nothing is until more time passes, it would look once and wait in vain.</remarks>
    /// <param name="page">The page.</param>
    /// <param name="assertion">What it should show.</param>
    /// <param name="step">How much passes before each look.</param>
    public async Task Shows<T>(IRenderedComponent<T> page, Action assertion, TimeSpan step)
        where T : IComponent
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            Time.Advance(step);
            try
            {
                await page.InvokeAsync(assertion);
                return;
            }
            catch (Exception notYet) when (notYet is Xunit.Sdk.XunitException or ElementNotFoundException && patience.Elapsed < Patience)
            {
                await Task.Delay(Look, TimeProvider.System);
            }
        }
    }
}
