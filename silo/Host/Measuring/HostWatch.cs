using Microsoft.Extensions.Hosting;

namespace Distributed.Silo.Measuring;

/// <summary>Lets the attempts of this silo stand still while another silo on the host measures.</summary>
internal sealed class HostWatch(HostTurn host, MeasuringGate gate, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        host.Compute();
        try
        {
            while (true)
            {
                await Task.Delay(Glance, time, stoppingToken);
                if (host.IsOthers) await StandAside(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo leaves; its lock ends with it.
        }
    }

    /// <summary>To the gate another silo's measurement is one more of its own: whoever computes here is paused for it.</summary>
    private async Task StandAside(CancellationToken stopping)
    {
        Elsewhere other = new();
        await gate.Join(other, stopping);
        try
        {
            await gate.Enter(other).WaitAsync(stopping);
            await host.StandAside(stopping);
        }
        finally
        {
            gate.Leave(other);
        }
    }

    /// <summary>The measurement of another silo. It does not compute here: between joining and entering nothing need be paused.</summary>
    private sealed class Elsewhere : IMeasured
    {
        public void Pause()
        {
        }

        public void Resume()
        {
        }
    }
}
