namespace Distributed.Membership;

/// <summary>Tries again what cannot be reached, when the user asked for it.</summary>
public static class Persistence
{
    /// <summary>Acts until it ends well or the time is used; the last error is the caller's.</summary>
    /// <exception cref="ClusterUnreachableException">It could not be reached in time.</exception>
    public static async Task Repeat(Func<Task> act, TimeSpan limit, TimeSpan pause, TimeProvider time, CancellationToken cancellation)
    {
        long begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                await act();
                return;
            }
            catch (ClusterUnreachableException) when (time.GetElapsedTime(begun) < limit)
            {
                await Task.Delay(pause, time, cancellation);
            }
        }
    }
}
