using Distributed.Client.Dashboards;
using Distributed.Client.Tests.Samples;

namespace Distributed.Client.Tests.Sessions;

public sealed class SessionSourceTests
{
    [Fact]
    public async Task Another_share_is_what_sweep_set_gives()
    {
        FakeSessions sessions = new() { Stored = SampleSweep.Log(), Running = true };
        await using SessionSource source = new(sessions, sessions, "store", ".");
        await source.SetShare(new("sample"), 2.5, null, TestContext.Current.CancellationToken);
        await source.SetShare(new("sample"), null, -1, TestContext.Current.CancellationToken);
        Assert.Equal(["set 2.5 ", "set  -1"], sessions.Calls);
    }
}
