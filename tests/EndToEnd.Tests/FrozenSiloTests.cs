using Distributed.EndToEnd.Tests.Pages;

namespace Distributed.EndToEnd.Tests;

/// <summary>A silo whose process stands still keeps its connections and answers nothing: Orleans's client would wait for it as long as that lasts.</summary>
public sealed class FrozenSiloTests
{
    [Fact]
    public async Task Whoever_watches_can_leave()
    {
        using var store = await ServedStore.Start();
        await store.LaunchLong();
        using var console = ConsoleProcess.Start(store.Folder, "sweep", "watch", "small", "--json");
        await console.Tells("{");
        await store.FreezeSilo();
        console.Interrupt();
        Assert.True(await console.Ended() == 130, console.Error);
    }

    [Fact]
    public async Task Whoever_comes_is_told_that_it_does_not_answer()
    {
        using var store = await ServedStore.Start();
        await store.LaunchLong();
        await store.FreezeSilo();
        var (code, _, error) = await ConsoleProcess.Run(store.Folder, "sweep", "pause", "small");
        Assert.Equal(3, code);
        Assert.Contains("does not answer", error, StringComparison.Ordinal);
    }
}
