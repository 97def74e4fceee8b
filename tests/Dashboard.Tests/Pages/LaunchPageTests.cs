using Bunit;
using Distributed.Dashboard.Components.Pages;
using Distributed.Dashboard.Tests.Samples;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace Distributed.Dashboard.Tests.Pages;

public sealed class LaunchPageTests : IAsyncDisposable
{
    private readonly PageContext _context = new();

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void A_problem_stands_at_its_line_with_what_to_do()
    {
        _context.Source.Checks = _ => new(null, [new(2, 1, 7, "There is no key 'sampelr'", "Did you mean 'sampler'?")]);
        var page = _context.Render<LaunchPage>();
        page.Find("textarea").Input("name: a\nsampelr: { name: sobol }\n");
        var problem = page.Find(".problems li");
        Assert.Equal("2", problem.QuerySelector(".line")!.TextContent);
        Assert.Equal("sampelr", problem.QuerySelector("mark")!.TextContent);
        Assert.Contains("Did you mean 'sampler'?", problem.TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("button.primary").HasAttribute("disabled"));
    }

    [Theory, InlineData(1, 0, 0), InlineData(99, 1, 1), InlineData(1, 500, 500), InlineData(2, 3, 500)]
    public void A_problem_outside_the_text_breaks_nothing(int line, int column, int length)
    {
        _context.Source.Checks = _ => new(null, [new(line, column, length, "found", "remedy.")]);
        var page = _context.Render<LaunchPage>();
        page.Find("textarea").Input("name: a\nb: c");
        Assert.Single(page.FindAll(".problems li"));
    }

    [Fact]
    public void A_hostile_line_is_shown_as_text()
    {
        _context.Source.Checks = text => new(null, [new(1, 1, text.Length, text, "Write something else.")]);
        var page = _context.Render<LaunchPage>();
        page.Find("textarea").Input("<script>alert(1)</script>");
        Assert.Empty(page.FindAll("script"));
        Assert.Equal("<script>alert(1)</script>", page.Find("mark").TextContent);
    }

    [Fact]
    public void A_good_file_is_launched_and_its_page_opened()
    {
        var page = _context.Render<LaunchPage>();
        page.Find("textarea").Input("name: sample");
        page.Find("button.primary").Click();
        Assert.Equal(["launch sample"], _context.Source.Calls);
        Assert.EndsWith("/sweeps/sample", _context.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_can_be_uploaded()
    {
        string? seen = null;
        _context.Source.Checks = text =>
        {
            seen = text;
            return new(SampleLog.Spec, []);
        };
        var page = _context.Render<LaunchPage>();
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("name: uploaded", "a.yaml"));
        page.WaitForAssertion(() => Assert.Equal("name: uploaded", seen));
        Assert.Equal("name: uploaded", page.Find("textarea").GetAttribute("value"));
    }

    [Fact]
    public void A_model_that_cannot_be_used_is_told_and_nothing_is_opened()
    {
        var page = _context.Render<LaunchPage>();
        page.Find("textarea").Input("name: sample");
        _context.Source.Fails = new InvalidInputException("model.onnx", "it is cut off", "Export it again.");
        page.Find("button.primary").Click();
        Assert.Contains("it is cut off", page.Find(".notice.error").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("/", _context.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_typed_is_no_mistake_and_cannot_be_launched()
    {
        var page = _context.Render<LaunchPage>();
        page.Find("textarea").Input("  ");
        Assert.Empty(page.FindAll(".problems, .notice"));
        Assert.True(page.Find("button.primary").HasAttribute("disabled"));
    }

    [Fact]
    public void While_model_and_data_are_opened_it_says_so_and_cannot_be_pressed_again()
    {
        TaskCompletionSource opened = new();
        _context.Source.Holds = opened.Task;
        var page = _context.Render<LaunchPage>();
        page.Find("textarea").Input("name: sample");
        page.Find("button.primary").Click();
        Assert.Contains("Opening model and data", page.Find("button.primary").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("button.primary").HasAttribute("disabled"));
        opened.SetResult();
        page.WaitForAssertion(() => Assert.Equal(["launch sample"], _context.Source.Calls));
    }

    [Fact]
    public void A_silo_that_is_gone_is_told_and_the_text_stays()
    {
        var page = _context.Render<LaunchPage>();
        page.Find("textarea").Input("name: sample");
        _context.Source.Fails = new SourceUnavailableException("No silo runs on the store 'sample'.");
        page.Find("button.primary").Click();
        Assert.Contains("No silo runs", page.Find(".notice.error").TextContent, StringComparison.Ordinal);
        Assert.Equal("name: sample", page.Find("textarea").GetAttribute("value"));
        Assert.False(page.Find("button.primary").HasAttribute("disabled"));
    }

    [Fact]
    public void A_huge_file_is_refused_before_it_is_read()
    {
        var page = _context.Render<LaunchPage>();
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(new string('#', 300 * 1024), "huge.yaml"));
        page.WaitForAssertion(() => Assert.Contains("'huge.yaml' has", page.Find(".notice.error").TextContent, StringComparison.Ordinal));
        Assert.Equal("", page.Find("textarea").GetAttribute("value") ?? "");
    }
}
