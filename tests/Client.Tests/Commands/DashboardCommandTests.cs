using Distributed.Client.Tests.Samples;

namespace Distributed.Client.Tests.Commands;

public sealed class DashboardCommandTests
{
    /// <summary>An address kept for documentation (RFC 5737): no machine has it.</summary>
    [Fact]
    public async Task An_address_of_another_machine_is_refused_by_name()
    {
        using CommandLine line = new();
        line.Sessions.Stored = SampleSweep.Log();
        Assert.Equal(2, await line.Run("dashboard", "--listen", "203.0.113.1", "--port", "0"));
        Assert.Contains("--listen 203.0.113.1", line.Messages, StringComparison.Ordinal);
    }
}
