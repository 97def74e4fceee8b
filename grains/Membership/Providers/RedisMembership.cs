using StackExchange.Redis;

namespace Distributed.Membership;

/// <summary>Membership in Redis.</summary>
internal static class RedisMembership
{
    private const string Place = "Distributed:Cluster:ConnectionString";
    private const int LimitMs = 5000;

    /// <exception cref="InvalidInputException">The connection string cannot be understood. Its text is not repeated: it may hold a password.</exception>
    public static ConfigurationOptions Options(ClusterSettings cluster)
    {
        try
        {
            var options = ConfigurationOptions.Parse(cluster.ConnectionString!);
            if (options.EndPoints.Count == 0) throw new ArgumentException("no server is named");
            // A silo goes on without Redis, and comes back to it.
            options.AbortOnConnectFail = false;
            (options.ConnectTimeout, options.SyncTimeout, options.AsyncTimeout) = (LimitMs, LimitMs, LimitMs);
            options.ClientName = "distributed";
            return options;
        }
        catch (ArgumentException error)
        {
            throw new InvalidInputException(Place, "it is no connection string of Redis", "Give 'host:6379', with ',password=…', ',ssl=true' and so on if need be.", error);
        }
    }

    /// <summary>Asks Redis once whether it is there and lets us in.</summary>
    /// <exception cref="ClusterUnreachableException">It is not, or does not.</exception>
    public static async Task Check(ClusterSettings cluster, CancellationToken cancellation)
    {
        var options = Options(cluster);
        options.AbortOnConnectFail = true;
        string where = string.Join(", ", options.EndPoints);
        try
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(cancellation);
            await redis.GetDatabase().PingAsync().WaitAsync(cancellation);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            bool refused = error is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure }
                || error.ToString() is { } all && (all.Contains("NOAUTH", StringComparison.Ordinal) || all.Contains("WRONGPASS", StringComparison.Ordinal) || all.Contains("AuthenticationFailure", StringComparison.Ordinal));
            throw new ClusterUnreachableException(
                refused
                    ? $"Redis at {where} refuses the credentials. Correct user and password in {Place}."
                    : $"Redis at {where}, which holds the membership of {cluster}, cannot be reached. Start it, correct {Place}, or wait for it with Distributed:Cluster:Wait (--wait).",
                error);
        }
    }
}
