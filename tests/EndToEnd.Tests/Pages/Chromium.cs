using Microsoft.Playwright;

namespace Distributed.EndToEnd.Tests.Pages;

/// <summary>The system's own chromium, driven by Playwright; tests skip where there is none.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const int Patience = 90_000;
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A page in a profile of its own. What it says about scripts and policies is collected.</summary>
    internal async Task<(IPage Page, List<string> Complaints)> Open(ColorScheme colours = ColorScheme.Light, int width = 1400)
    {
        if (_browser is null) Assert.Skip($"There is no chromium ({string.Join(", ", Places)}); tests/servers installs it where it can.");
        var context = await _browser.NewContextAsync(new() { ColorScheme = colours, ViewportSize = new() { Width = width, Height = 900 } });
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        var page = await context.NewPageAsync();
        List<string> complaints = [];
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("status of 401", StringComparison.Ordinal)) complaints.Add(message.Text);
        };
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" or "ws" or "wss", IsLoopback: false }) complaints.Add($"asked for {request.Url}");
        };
        return (page, complaints);
    }

    public async ValueTask InitializeAsync()
    {
        if (Places.FirstOrDefault(File.Exists) is not { } place) return;
        _playwright = await Playwright.CreateAsync();
        // WebGL in software: a machine of tests has no screen and often no GPU.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = place, Args = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
