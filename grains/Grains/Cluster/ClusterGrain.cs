using Distributed.Contracts;

namespace Distributed.Grains;

/// <summary>The silos as they report.</summary>
[KeepAlive, OnControlSilos]
internal sealed class ClusterGrain(SweepSurroundings around) : Grain, IClusterGrain
{
    /// <summary>Three reports missed, and a little for a busy host.</summary>
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(8);

    /// <summary>Long enough to be seen by whoever looks now and then.</summary>
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(10);

    private readonly SortedDictionary<string, (SiloReport Report, DateTimeOffset Heard)> _silos = new(StringComparer.Ordinal);

    public Task Report(SiloReport report)
    {
        _silos[report.Name] = (report, around.Now);
        return Task.CompletedTask;
    }

    public Task Leave(string name)
    {
        _silos.Remove(name);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<SiloView>> Silos()
    {
        var now = around.Now;
        foreach (string name in _silos.Where(silo => now - silo.Value.Heard > ForgottenAfter).Select(silo => silo.Key).ToList()) _silos.Remove(name);
        return Task.FromResult<IReadOnlyList<SiloView>>(
            [.. _silos.Values.Select(silo => new SiloView(silo.Report, silo.Heard, now - silo.Heard > SilentAfter))]);
    }
}
