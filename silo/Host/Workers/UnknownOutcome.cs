using Distributed.Contracts;

namespace Distributed.Silo.Workers;

/// <summary>The one way in which a worker repeats a call of which it does not know whether it was carried out.</summary>
/// <remarks>
/// Until a deadline, not for a number of times: a sweep that is away for a minute costs nothing but the wait. So does one that refuses all who
/// ask, because its store's credentials are wrong or its log is being repaired: what was computed is worth the wait.
/// </remarks>
internal sealed class UnknownOutcome(TimeProvider time, TimeSpan persistence)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Second = First * 2;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    /// <summary>Calls until there is an answer.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="waits">Told of the second failure in a row, and of no later one: the first may be a sweep that moves.</param>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    public async Task<T> Repeat<T>(Func<Task<T>> call, CancellationToken cancellation, Action<Exception>? waits = null)
    {
        long begun = time.GetTimestamp();
        for (var wait = First; ; wait = wait * 2 < Longest ? wait * 2 : Longest)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (IsUnknown(e) || e is InvalidInputException)
            {
                if (time.GetElapsedTime(begun) > persistence)
                    throw new TimeoutException(Invariant($"The sweep has not answered for {persistence.TotalMinutes:0.#} min: {e.Message}"), e);
                if (wait == Second) waits?.Invoke(e);
            }

            await Task.Delay(wait, time, cancellation);
        }
    }

    /// <summary>Whether an error leaves it open what has happened.</summary>
    public static bool IsUnknown(Exception e) => e is TimeoutException or OrleansException or SweepUnavailableException or IOException;
}
