using Distributed.Client.Tests.Samples;

namespace Distributed.Client.Tests.Commands;

public sealed class ClusterCommandTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Theory]
    [InlineData("cluster.txt", "cluster")]
    [InlineData("cluster.jsonl", "cluster", "--json")]
    public async Task Cluster_tells_silos_slots_and_what_runs_where(string file, params string[] arguments)
    {
        _line.Sessions.Stored = SampleSweep.Log();
        _line.Sessions.Running = true;
        Assert.Equal(0, await _line.Run(arguments));
        Expected.Matches(_line.Output + _line.Lines, Path.Combine(Expected.Folder(), file));
    }

    [Fact]
    public async Task Where_no_silo_runs_there_is_no_cluster()
    {
        _line.Sessions.Stored = SampleSweep.Log();
        Assert.Equal(3, await _line.Run("cluster"));
    }
}
