using Orleans.Clustering.Redis;

namespace Distributed.Membership;

/// <summary>The server that holds the membership.</summary>
public static class MembershipServer
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Returns when the server is there and lets us in; tries again for as long as the settings say.</summary>
    /// <exception cref="InvalidInputException">The connection string cannot be understood.</exception>
    /// <exception cref="ClusterUnreachableException">The server is not there, or does not let us in.</exception>
    public static Task Await(ClusterSettings cluster, TimeProvider time, CancellationToken cancellation) =>
        Persistence.Repeat(() => Check(cluster, cancellation), cluster.Wait, Pause, time, cancellation);

    /// <summary>Whether an error of the membership's table says that the server answers and its data is gone.</summary>
    public static bool HasForgotten(Exception error) => error is RedisClusteringException { InnerException: null };

    private static Task Check(ClusterSettings cluster, CancellationToken cancellation) => cluster.Membership switch
    {
        MembershipKind.Redis => RedisMembership.Check(cluster, cancellation),
        MembershipKind.AdoNet => AdoNetMembership.Check(cluster, cancellation),
        _ => Task.CompletedTask,
    };
}
