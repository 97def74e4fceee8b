using Distributed.Client.Sessions;
using Distributed.Contracts;

namespace Distributed.Client.Commands;

/// <summary>Follows a sweep over as many connections as it takes: a silo that is gone for a while is waited for.</summary>
/// <param name="context">Opens sessions and tells the time.</param>
/// <param name="store">The store, to open a session on it anew.</param>
internal sealed class SteadyWatch(ConsoleContext context, string store)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);

    /// <summary>Follows until the sweep has ended, or nobody goes on with it: it is paused and no silo is left.</summary>
    /// <param name="session">The first session; its owner disposes it.</param>
    /// <param name="picture">The sweep as far as it is known; kept up to date.</param>
    /// <param name="happened">Is told each event after it went into the picture, and null when the connection was lost.</param>
    /// <param name="cancellation">Ends the watching and nothing else.</param>
    public async Task Follow(ISweepSession session, SweepPicture picture, Action<SweepEvent?> happened, CancellationToken cancellation)
    {
        if (await Watched(session, picture, happened, cancellation)) return;
        while (true)
        {
            picture.LostSince ??= context.Now;
            happened(null);
            await Task.Delay(BetweenTries, context.Time, cancellation);
            if (await Again(cancellation) is not { } next) continue;
            await using (next)
            {
                if (await Watched(next, picture, happened, cancellation)) return;
            }
        }
    }

    /// <summary>Follows as long as the connection holds.</summary>
    /// <returns>Whether there is nothing more to see.</returns>
    private static async Task<bool> Watched(ISweepSession session, SweepPicture picture, Action<SweepEvent?> happened, CancellationToken cancellation)
    {
        try
        {
            await foreach (var seen in session.Watch(picture.Sweep, picture.State.Next, cancellation))
            {
                if (session.IsLive) picture.LostSince = null;
                picture.Apply(seen);
                happened(seen);
                if (picture.HasEnded) return true;
            }

            return picture.HasEnded || (!session.IsLive && picture.IsDrained);
        }
        catch (ClusterUnreachableException)
        {
            return false;
        }
    }

    private async Task<ISweepSession?> Again(CancellationToken cancellation)
    {
        try
        {
            return await context.Sessions.Open(store, cancellation);
        }
        catch (ClusterUnreachableException)
        {
            return null;
        }
    }
}
