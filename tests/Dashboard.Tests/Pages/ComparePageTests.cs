using Bunit;
using Distributed.Dashboard.Components.Pages;
using Distributed.Dashboard.Tests.Samples;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Distributed.Dashboard.Tests.Pages;

public sealed class ComparePageTests : IAsyncDisposable
{
    private readonly PageContext _context = new();

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void Without_two_sweeps_it_asks_for_them() => Assert.Contains("Choose two sweeps", Page("").Markup, StringComparison.Ordinal);

    [Fact]
    public async Task Two_sweeps_stand_side_by_side()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page("?a=sample&b=sample");
        Assert.StartsWith("compare-figures/fronts?a=sample&b=sample&v=", page.Find("#fronts plot-figure").GetAttribute("src"), StringComparison.Ordinal);
        Assert.All(page.FindAll("#table tbody tr"), row => Assert.Equal(row.Children[1].TextContent, row.Children[2].TextContent));
        Assert.Empty(page.FindAll("#table .better"));
    }

    [Fact]
    public void Sweeps_that_are_being_read_say_so()
    {
        var page = Page("?a=sample&b=sample");
        Assert.Equal(2, page.FindAll(".notice.quiet").Count(notice => notice.TextContent.Contains("Reading the sweep's log", StringComparison.Ordinal)));
        Assert.Empty(page.FindAll("#table, .empty"));
    }

    [Fact]
    public async Task A_silo_that_is_gone_leaves_what_was_known_and_comes_back()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page("?a=sample&b=sample");
        _context.Source.End(new SourceUnavailableException("The silo at 127.0.0.1:1 does not answer."));
        await page.WaitForAssertionAsync(() => Assert.Contains("last known", page.Find(".notice.warning").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        Assert.NotEmpty(page.FindAll("#table"));
        _context.Source.Send(new SweepEvent.Idle(_context.Feed.View.Next));
        await _context.ComesBack(page);
    }

    [Fact]
    public async Task Ten_thousand_trials_are_compared_in_a_small_page()
    {
        _context.Source.IsLive = false;
        await _context.Open(SampleLog.Of(10_000));
        var page = Page("?a=sample&b=sample");
        Assert.NotEmpty(page.FindAll("#table tbody tr"));
        Assert.True(page.Markup.Length < 50_000, Invariant($"{page.Markup.Length} characters"));
    }

    [Theory, InlineData("nowhere"), InlineData("<i>x</i>"), InlineData("../x")]
    public async Task An_unknown_sweep_is_told_as_such(string name)
    {
        await _context.Open(SampleLog.Of(3));
        var page = Page($"?a=sample&b={Uri.EscapeDataString(name)}");
        await page.WaitForAssertionAsync(() => Assert.Contains(page.FindAll("h1"), heading => heading.TextContent == $"There is no sweep '{name}'"), TimeSpan.FromSeconds(10));
        Assert.Empty(page.FindAll("i, #table"));
    }

    [Fact]
    public async Task A_choice_is_an_address_that_can_be_sent_to_others()
    {
        _context.Source.Summaries.Add(new() { Name = SampleLog.Spec.Name, Status = SweepStatus.Running });
        await _context.Open(SampleLog.Of(3));
        var page = Page("?a=sample");
        await page.WaitForAssertionAsync(() => Assert.Equal(2, page.FindAll("select")[1].Children.Length), TimeSpan.FromSeconds(10));
        page.FindAll("select")[1].Change("sample");
        Assert.EndsWith("compare?a=sample&b=sample", Navigation.Uri, StringComparison.Ordinal);
    }

    private NavigationManager Navigation => _context.Services.GetRequiredService<NavigationManager>();

    private IRenderedComponent<ComparePage> Page(string query)
    {
        Navigation.NavigateTo($"compare{query}");
        return _context.Render<ComparePage>();
    }
}
