using Distributed.Membership;
using Distributed.Silo.Serving;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Distributed.Silo.Health;

/// <summary>Looks for this silo's own row in the cluster's table; a silo that is no longer in it leaves, to join again when it is started again.</summary>
/// <remarks>
/// A server that comes back empty lets new silos form a second cluster beside this one. No result is lost or recorded twice by that: a log has
/// one owner, and the newer fences the older. But two clusters that take a sweep from each other get nowhere, so the older one leaves.
/// </remarks>
internal sealed partial class MembershipWatch(
    IMembershipTable table, ILocalSiloDetails silo, IHostApplicationLifetime application, SiloEnd end, TimeProvider time, ILogger<MembershipWatch> logger)
    : BackgroundService
{
    private const int Looks = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>What was found last.</summary>
    public MembershipHealth Health { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        int missed = 0;
        try
        {
            while (missed < Looks)
            {
                await Task.Delay(Pause, time, stoppingToken);
                var found = await Look(stoppingToken);
                if (found != Health) LogChanged(found);
                Health = found;
                missed = found == MembershipHealth.Unknown ? missed + 1 : 0;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }

        LogForgotten(silo.SiloAddress);
        end.Code = SiloEnd.Again;
        application.StopApplication();
    }

    private async Task<MembershipHealth> Look(CancellationToken stopping)
    {
        try
        {
            var rows = await table.ReadAllAsync(stopping).WaitAsync(Limit, time, stopping);
            return rows.Members.Any(row => row.Item1.SiloAddress.Equals(silo.SiloAddress)) ? MembershipHealth.Known : MembershipHealth.Unknown;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return MembershipServer.HasForgotten(error) ? MembershipHealth.Unknown : MembershipHealth.Unreachable;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The cluster's membership is {Health} to this silo now")]
    private partial void LogChanged(MembershipHealth health);

    [LoggerMessage(LogLevel.Error, "The cluster's membership lost silo {Silo}; the silo leaves, to be started again")]
    private partial void LogForgotten(SiloAddress silo);
}
