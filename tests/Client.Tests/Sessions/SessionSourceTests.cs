using Distributed.Client.Dashboards;
using Distributed.Client.Sessions;
using Distributed.Client.Tests.Samples;
using Distributed.Dashboard;

namespace Distributed.Client.Tests.Sessions;

public sealed class SessionSourceTests
{
    [Fact]
    public async Task Another_share_is_what_sweep_set_gives()
    {
        FakeSessions sessions = new() { Stored = SampleSweep.Log(), Running = true };
        await using SessionSource source = new(CommandLine.Context(sessions), "store");
        await source.SetShare(new("sample"), 2.5, null, TestContext.Current.CancellationToken);
        await source.SetShare(new("sample"), null, -1, TestContext.Current.CancellationToken);
        Assert.Equal(["set 2.5 ", "set  -1"], sessions.Calls);
    }

    [Fact]
    public async Task What_lies_in_the_store_is_launched_without_being_looked_for_on_this_machine()
    {
        FakeSessions sessions = new() { Stored = SampleSweep.Log(), Running = true, CheckFails = new InvalidInputException("dataset", "there is no such folder", "Give another.") };
        await using SessionSource source = new(CommandLine.Context(sessions), "store");
        var stored = SampleSweep.Spec with { Dataset = new() { Format = "image-folder", Path = $"store:{new string('b', 64)}/images.zip" } };
        await source.Launch(stored, TestContext.Current.CancellationToken);
        Assert.Equal(["launch"], sessions.Calls);
        await Assert.ThrowsAsync<InvalidInputException>(() => source.Launch(SampleSweep.Spec, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_check_that_cannot_be_made_is_told_and_keeps_the_session()
    {
        FakeSessions sessions = new() { Stored = SampleSweep.Log(), Running = true, CheckFails = new SiloFailedException("The silo ended.") };
        await using SessionSource source = new(CommandLine.Context(sessions), "store");
        await Assert.ThrowsAsync<SourceUnavailableException>(() => source.Launch(SampleSweep.Spec, TestContext.Current.CancellationToken));
        Assert.True(source.IsLive);
    }
}
