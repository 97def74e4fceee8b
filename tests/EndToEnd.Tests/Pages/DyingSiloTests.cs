using System.Net;
using Microsoft.Playwright;

namespace Distributed.EndToEnd.Tests.Pages;

/// <summary>The silo is killed while somebody looks.</summary>
public sealed class DyingSiloTests(Chromium chromium) : IClassFixture<Chromium>
{
    /// <summary>A store on this machine is read without its silo two seconds later: a page that is drawn no sooner says that at once.</summary>
    private static readonly string[] OfSweeps = ["does not answer", "this is the sweep as it was left"];

    [Fact]
    public async Task A_killed_silo_is_told_on_every_page_what_was_known_stays_and_the_next_one_is_found()
    {
        using var store = await ServedStore.Start();
        string address = await store.StartDashboard();
        await store.LaunchLong();

        List<(IPage Page, string[] Warnings)> pages = [];
        List<List<string>> complaints = [];
        foreach (var (place, warnings) in new (string, string[])[] { ("", ["cannot be listed"]), ("cluster", ["does not answer"]), ("sweeps/small", OfSweeps), ("sweeps/small/trials/0", OfSweeps) })
        {
            var (page, said) = await chromium.Open();
            complaints.Add(said);
            await page.GotoAsync(address + place);
            pages.Add((page, warnings));
        }

        await Assertions.Expect(pages[0].Page.Locator(".sweep .badge")).ToHaveTextAsync("running");
        await Assertions.Expect(pages[1].Page.Locator("#slots")).ToContainTextAsync("small");
        await Assertions.Expect(pages[2].Page.Locator(".title .badge")).ToHaveTextAsync("running");
        await Assertions.Expect(pages[3].Page.Locator("#log li").First).ToBeVisibleAsync();

        // A store on this machine is read without its silo a moment later, so a banner may be gone before anybody looks: each page notes what it said.
        foreach (var (page, _) in pages) await page.EvaluateAsync(NoteNotices);
        await store.KillSilo();
        foreach (var (page, warnings) in pages) await Told(page, warnings);
        using HttpClient runtime = new();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Counters(runtime, address));

        await Assertions.Expect(pages[0].Page.Locator(".sweep .badge")).ToHaveTextAsync("running");
        await Assertions.Expect(pages[1].Page.Locator("#slots tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(pages[3].Page.Locator("#log li").First).ToBeVisibleAsync();

        await store.StartSilo();
        foreach (var (page, _) in pages) await Assertions.Expect(page.Locator(".notice")).ToHaveCountAsync(0);
        await Assertions.Expect(pages[1].Page.Locator("#silos tbody tr")).ToHaveCountAsync(1);
        Assert.Equal(HttpStatusCode.OK, await Counters(runtime, address));
        Assert.Empty(complaints.SelectMany(said => said));
    }

    [Fact]
    public async Task Whoever_waits_for_a_silo_that_is_killed_learns_of_it_from_its_connection()
    {
        using var store = await ServedStore.Start();
        string address = await store.StartDashboard();
        await store.LaunchLong();
        var (page, _) = await chromium.Open();
        await page.GotoAsync($"{address}sweeps/small");
        await Assertions.Expect(page.Locator(".title .badge")).ToHaveTextAsync("running");
        await Assertions.Expect(page.Locator(".notice")).ToHaveCountAsync(0);

        // It answers nothing any more, so that whoever watches waits for an answer when it dies.
        await page.EvaluateAsync(NoteNotices);
        await store.FreezeSilo();
        await store.KillSilo();
        await page.WaitForFunctionAsync("texts => window.said.some(said => texts.some(text => said.includes(text)))", OfSweeps);
        string[] said = await page.EvaluateAsync<string[]>("() => window.said");
        Assert.All(said.Where(text => text.Contains("does not answer", StringComparison.Ordinal)), text => Assert.Contains("its connection was closed", text, StringComparison.Ordinal));
    }

    private const string NoteNotices =
        "() => { window.said = []; new MutationObserver(() => document.querySelectorAll('.notice').forEach(notice => window.said.push(notice.textContent)))" +
        ".observe(document.body, { subtree: true, childList: true, characterData: true }); }";

    private static async Task Told(IPage page, string[] warnings)
    {
        try
        {
            await page.WaitForFunctionAsync(
                "texts => window.said.some(said => texts.some(text => said.includes(text)) && (said.includes('What is shown is the last known') || said.includes('as it was left')))", warnings);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{page.Url} shows: {await page.InnerTextAsync("body")}\nIt said: {await page.EvaluateAsync<string>("() => window.said.join(' | ')")}");
        }
    }

    /// <summary>What Orleans's own dashboard asks all the time.</summary>
    private static async Task<HttpStatusCode> Counters(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address + "orleans/DashboardCounters", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
