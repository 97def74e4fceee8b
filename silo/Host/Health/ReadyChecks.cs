using Distributed.Artifacts;
using Distributed.Silo.Workers;
using Microsoft.Extensions.Hosting;

namespace Distributed.Silo.Health;

/// <summary>What must hold for a silo to be given work or clients.</summary>
/// <param name="store">Logs and artifacts.</param>
/// <param name="starts">How the executors' last starts went.</param>
/// <param name="application">Whether it leaves.</param>
/// <param name="time">The clock.</param>
/// <param name="membership">The cluster's table; null on one machine.</param>
internal sealed class ReadyChecks(
    OpenedStore store, ExecutorStarts starts, IHostApplicationLifetime application, TimeProvider time, MembershipWatch? membership)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>Every check by name: null when it holds, else what is wrong.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> Run() => new Dictionary<string, string?>
    {
        ["membership"] = membership?.Health switch
        {
            null or MembershipHealth.Known => null,
            MembershipHealth.Unknown => "the cluster's membership does not know this silo",
            _ => "the server of the cluster's membership does not answer",
        },
        ["store"] = await Store(),
        ["executors"] = starts.Failing is { } slot ? $"the executor of slot {slot} does not start" : null,
        ["serving"] = application.ApplicationStopping.IsCancellationRequested ? "the silo leaves" : null,
    };

    private async Task<string?> Store()
    {
        try
        {
            await store.Reach().WaitAsync(Limit, time);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidInputException)
        {
            return error.Message;
        }
        catch (TimeoutException)
        {
            return $"the store '{store.Address}' does not answer";
        }
    }
}
