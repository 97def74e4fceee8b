using Microsoft.Playwright;

namespace Distributed.Benchmarks;

/// <summary>A chromium of this system without a window.</summary>
internal sealed class SystemBrowser : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private const float Patience = 120_000;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private SystemBrowser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>The browser's program: the one that is given, or else where systems have it; null when there is none.</summary>
    public static string? Find(FileInfo? given) => given is null ? Places.FirstOrDefault(File.Exists) : given.Exists ? given.FullName : null;

    /// <summary>Where it is looked for.</summary>
    public static string Looked(FileInfo? given) => given?.FullName ?? string.Join(", ", Places);

    /// <summary>Starts it. Pictures are drawn without a graphics card; pages of one site share a process.</summary>
    public static async Task<SystemBrowser> Start(string program)
    {
        var playwright = await Playwright.CreateAsync();
        return new(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--process-per-site"],
        }));
    }

    /// <summary>A profile of its own: nothing is kept from earlier ones.</summary>
    public async Task<IBrowserContext> Profile()
    {
        var profile = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 1400, Height = 900 } });
        profile.SetDefaultTimeout(Patience);
        return profile;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
