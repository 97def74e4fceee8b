using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Distributed.EndToEnd.Tests.Pages;

/// <summary>A browser on a real sweep: what a user does in the evening, and looks at in the morning.</summary>
public sealed partial class DashboardTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_sweep_is_launched_watched_paused_resumed_looked_into_and_its_model_taken_away()
    {
        var (page, complaints) = await chromium.Open();
        using var store = await ServedStore.Start();
        await page.GotoAsync(await store.StartDashboard());
        await Launch(page, SweepFiles.Shapes(trials: 14));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("small");

        await Points(page, atLeast: 2);
        await Press(page, "Pause");
        await Assertions.Expect(page.Locator(".title .badge")).ToHaveTextAsync("paused");
        await Press(page, "Resume");
        await Assertions.Expect(page.Locator(".title .badge")).ToHaveTextAsync("running");
        await Assertions.Expect(page.Locator(".title .badge")).ToHaveTextAsync("finished", new() { Timeout = 240_000 });
        await Points(page, atLeast: 4);

        // The picture may be drawn anew meanwhile: its frame stays, its points do not.
        await page.Locator("#chart-front").ScrollIntoViewIfNeededAsync();
        var point = page.Locator("#chart-front .scatterlayer path.point").Last;
        await point.HoverAsync(new() { Force = true });
        await Assertions.Expect(page.Locator("#chart-front .hoverlayer")).ToContainTextAsync("Accuracy");
        await point.ClickAsync(new() { Force = true });
        await page.WaitForURLAsync(TrialAddress());

        string trial = TrialAddress().Match(page.Url).Groups[1].Value;
        var link = page.Locator($"a[href$='files/small/{trial}/model.onnx']").First;
        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        byte[] model = await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(await HashOf(store, trial), Convert.ToHexStringLower(SHA256.HashData(model)));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task A_file_with_a_mistake_is_answered_at_its_line_and_nothing_is_launched()
    {
        var (page, _) = await chromium.Open();
        using var store = await ServedStore.Start();
        await page.GotoAsync(await store.StartDashboard() + "launch");
        await Connected(page);
        await page.Locator("textarea").FillAsync(SweepFiles.Shapes(extra: "sampelr: { name: sobol }"));
        await Assertions.Expect(page.Locator(".problems mark")).ToHaveTextAsync("sampelr");
        await Assertions.Expect(page.Locator(".problems")).ToContainTextAsync("sampler");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Launch" })).ToBeDisabledAsync();
    }

    [Fact]
    public async Task Beyond_loopback_the_token_is_demanded_of_every_page_file_and_socket()
    {
        var (page, _) = await chromium.Open();
        using var store = await ServedStore.Start();
        Uri address = new(await store.StartDashboard("--listen", "0.0.0.0"));
        string open = Invariant($"http://127.0.0.1:{address.Port}/");
        await page.GotoAsync(open);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("A token is needed");
        await page.GotoAsync(open + "?token=wrong-wrong-wrong-wrong");
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("not that of this dashboard");

        using HttpClient stranger = new();
        string[] places = ["", "sweeps/small", "figures/small/front", "files/small/0/model.onnx", "_blazor/negotiate", "_content/Distributed.Dashboard/dashboard.css", "orleans/", "orleans/DashboardCounters", "orleans/index.min.js"];
        foreach (string place in places)
            Assert.Equal(401, (int)(await stranger.GetAsync(open + place, TestContext.Current.CancellationToken)).StatusCode);

        await page.GotoAsync(open + address.Query);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Sweeps");
        Assert.DoesNotContain("token", page.Url, StringComparison.Ordinal);
        await Connected(page);
    }

    [Fact]
    public async Task A_silo_without_the_grains_of_Orleans_s_dashboard_is_told_with_the_setting_that_brings_them()
    {
        using var store = await ServedStore.Start("--set", "OrleansDashboard=false");
        string address = await store.StartDashboard();
        using HttpClient client = new();
        using var answer = await client.GetAsync(address + "orleans/DashboardCounters", TestContext.Current.CancellationToken);
        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Contains("Distributed:OrleansDashboard", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory, InlineData(ColorScheme.Light, 1400), InlineData(ColorScheme.Dark, 1400), InlineData(ColorScheme.Light, 390), InlineData(ColorScheme.Dark, 390)]
    public async Task No_page_is_wider_than_the_screen_and_none_leads_to_a_stack_trace(ColorScheme colours, int width)
    {
        var (page, complaints) = await chromium.Open(colours, width);
        using var store = await ServedStore.Start();
        string address = await store.StartDashboard();
        foreach (string place in (string[])["", "launch", "cluster", "sweeps/nowhere", "sweeps/nowhere/trials/3", "sweeps/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "nothing/here"])
        {
            await page.GotoAsync(address + place);
            await Assertions.Expect(page.Locator("h1, h2").First).ToBeVisibleAsync();
            Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
            Assert.DoesNotContain("   at ", await page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(complaints, complaint => !complaint.Contains("404", StringComparison.Ordinal));
    }

    private static async Task Launch(IPage page, string file)
    {
        await Connected(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Launch a sweep" }).ClickAsync();
        await page.Locator("textarea").FillAsync(file);
        await Assertions.Expect(page.Locator(".notice.good")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Launch" }).ClickAsync();
        await page.WaitForURLAsync("**/sweeps/small");
    }

    /// <summary>Until then buttons are only drawn: Blazor gives the page its life a moment after it is shown.</summary>
    private static async Task Connected(IPage page) => await page.WaitForFunctionAsync("() => document.querySelector('[data-interactive]') !== null");

    /// <summary>Presses a button and says yes to the question.</summary>
    private static async Task Press(IPage page, string name)
    {
        await page.Locator(".title .actions").GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
        await page.Locator(".title .confirm button.primary").ClickAsync();
    }

    private static async Task Points(IPage page, int atLeast) => await page.WaitForFunctionAsync(
        "least => document.querySelectorAll('#chart-front .scatterlayer path.point').length >= least", atLeast, new() { Timeout = 180_000 });

    private static async Task<string> HashOf(ServedStore store, string trial)
    {
        var (code, shown, error) = await ConsoleProcess.Run(store.Folder, "trial", "show", "small", trial, "--json");
        Assert.True(code == 0, error);
        using var json = System.Text.Json.JsonDocument.Parse(shown.TrimEnd().Split('\n')[^1]);
        return json.RootElement.GetProperty("artifacts").GetProperty("model").GetProperty("sha256").GetString()!;
    }

    [GeneratedRegex(@"/sweeps/small/trials/(\d+)$")]
    private static partial Regex TrialAddress();
}
