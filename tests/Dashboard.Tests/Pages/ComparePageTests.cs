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
