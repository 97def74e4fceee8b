using Bunit;
using Distributed.Dashboard.Components.Pages;
using Distributed.Dashboard.Tests.Samples;

namespace Distributed.Dashboard.Tests.Pages;

public sealed class ClusterPageTests : IAsyncDisposable
{
    private readonly PageContext _context = new();

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public async Task A_cluster_that_nobody_has_reported_to_says_so()
    {
        var page = _context.Render<ClusterPage>();
        await Shows(page, "No silo has reported yet");
    }

    [Fact]
    public void Until_the_first_answer_it_says_that_it_asks()
    {
        _context.Source.Holds = new TaskCompletionSource().Task;
        var page = _context.Render<ClusterPage>();
        Assert.Contains("Asking the cluster", page.Find(".notice.quiet").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".empty, #silos"));
    }

    [Fact]
    public async Task A_silo_that_leaves_is_marked_until_it_is_gone()
    {
        var leaving = Silo("alpha", 1);
        _context.Source.SiloViews.AddRange([leaving with { Report = leaving.Report with { Draining = true } }, Silo("omega", 1)]);
        var page = _context.Render<ClusterPage>();
        await Shows(page, "alpha/0");
        Assert.Equal(["leaving"], page.FindAll("#silos .badge").Select(badge => badge.TextContent));
        Assert.Contains("leaving", page.Find("#silos tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orleans_s_own_dashboard_is_one_click_away()
    {
        var page = _context.Render<ClusterPage>();
        await Shows(page, "No silo has reported yet");
        Assert.Equal(("orleans/", "_blank"), (page.Find("#runtime").GetAttribute("href"), page.Find("#runtime").GetAttribute("target")));
    }

    [Fact]
    public async Task A_cluster_that_never_answered_says_so()
    {
        _context.Source.Fails = new SourceUnavailableException("No silo runs on the store <b>'x'</b>.");
        var page = _context.Render<ClusterPage>();
        await Shows(page, "No silo answers");
        Assert.Contains("<b>'x'</b>", page.Find(".empty p").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silos_and_slots_are_shown_with_what_runs()
    {
        _context.Source.SiloViews.AddRange([Silo("alpha", 2, busy: 1), Silo("omega", 1, isSilent: true)]);
        var page = _context.Render<ClusterPage>();
        await Shows(page, "alpha/0");
        Assert.Equal("sweeps/sample/trials/3", page.Find("#slots a").GetAttribute("href"));
        Assert.Contains("measuring", page.Find("#slots").TextContent, StringComparison.Ordinal);
        Assert.Equal(["busy", "idle", "unknown"], page.FindAll("#silos .mosaic span").Select(slot => slot.ClassName));
        Assert.StartsWith("silent for", page.Find("#silos .badge.failed").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 of 2", page.Find(".facts").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_queue_tells_what_waits_in_running_sweeps()
    {
        _context.Source.SiloViews.Add(Silo("alpha", 1));
        _context.Source.Summaries.Add(new() { Name = SampleLog.Spec.Name, Status = SweepStatus.Running });
        await _context.Open(SampleLog.Of(9));
        var page = _context.Render<ClusterPage>();
        await page.WaitForAssertionAsync(
            () => Assert.Equal(["sample", "0", "1", "8 of 40"], page.FindAll("#queue tbody td").Take(4).Select(cell => cell.TextContent)), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_cluster_that_is_gone_leaves_what_was_known_and_comes_back()
    {
        _context.Source.SiloViews.Add(Silo("alpha", 1));
        var page = _context.Render<ClusterPage>();
        await Shows(page, "alpha/0");
        _context.Source.Fails = new InvalidOperationException("gone in a way that nobody foresaw");
        await Shows(page, "last known, of 2026-01-02 03:09", advance: true);
        Assert.Contains("alpha/0", page.Markup, StringComparison.Ordinal);
        _context.Source.Fails = null;
        await _context.ComesBack(page);
    }

    [Fact]
    public async Task Hostile_names_are_shown_as_text()
    {
        _context.Source.SiloViews.Add(Silo("<script>alert(1)</script>", 1));
        var page = _context.Render<ClusterPage>();
        await Shows(page, "/0");
        Assert.Empty(page.FindAll("script"));
        Assert.Equal("<script>alert(1)</script>", page.Find("#silos strong").TextContent);
    }

    [Fact]
    public async Task Of_a_huge_cluster_the_first_slots_are_shown()
    {
        _context.Source.SiloViews.AddRange(Enumerable.Range(0, 200).Select(i => Silo(Invariant($"silo{i:000}"), 8)));
        var page = _context.Render<ClusterPage>();
        await Shows(page, "Show all 1600");
        Assert.Equal(100, page.FindAll("#slots tbody tr").Count);
    }

    private Task Shows(IRenderedComponent<ClusterPage> page, string text, bool advance = false) =>
        _context.Shows(page, () => Assert.Contains(text, page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(advance ? 3 : 0));

    private static SiloView Silo(string name, int slots, int busy = 0, bool isSilent = false) => new(
        new()
        {
            Name = name,
            Host = "machine",
            Role = SiloRole.All,
            Version = "0.3.0",
            Address = "10.0.0.7:11111",
            Started = SampleLog.Start,
            Cores = 8,
            Slots =
            [
                .. Enumerable.Range(0, slots).Select(i => new SlotReport
                {
                    Name = Invariant($"{name}/{i}"),
                    Device = "cpu",
                    Work = i < busy ? new(SampleLog.Spec.Name, new(3), 1, TrialPhase.Measuring, SampleLog.Start) : null,
                }),
            ],
        },
        SampleLog.Start.AddMinutes(4),
        isSilent);
}
