using Bunit;
using Distributed.Dashboard.Components.Pages;
using Distributed.Dashboard.Tests.Samples;

namespace Distributed.Dashboard.Tests.Pages;

public sealed class SweepPageTests : IAsyncDisposable
{
    private readonly PageContext _context = new();

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void A_sweep_that_is_being_read_says_so()
    {
        var page = Page();
        Assert.Contains("Reading the sweep's log", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_sweep_shows_its_charts()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page();
        Assert.Equal("running", page.Find(".title .badge").TextContent);
        Assert.StartsWith("figures/sample/front?v=", page.Find("#chart-front plot-figure").GetAttribute("src"), StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".notice"));
    }

    [Fact]
    public async Task A_silo_that_is_gone_leaves_what_was_known_and_says_so()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page();
        _context.Source.End(new SourceUnavailableException("The silo at 127.0.0.1:1 does not answer."));
        await page.WaitForAssertionAsync(() => Assert.Contains("The silo does not answer.", page.Find(".notice.warning").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        Assert.NotEmpty(page.FindAll("plot-figure"));
    }

    [Theory, InlineData("nowhere"), InlineData("<script>alert(1)</script>"), InlineData("UPPER"), InlineData("../../etc/passwd")]
    public async Task An_unknown_or_hostile_name_gets_a_page_that_shows_it_as_text(string name)
    {
        await _context.Open(SampleLog.Of(1));
        var page = Page(name);
        await page.WaitForAssertionAsync(() => Assert.Equal($"There is no sweep '{name}'", page.Find("h1").TextContent), TimeSpan.FromSeconds(10));
        Assert.Empty(page.FindAll("script"));
    }

    private IRenderedComponent<SweepPage> Page(string name = "sample") => _context.Render<SweepPage>(parameters => parameters.Add(page => page.Name, name));
}
