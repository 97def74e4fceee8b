using Npgsql;

namespace Distributed.Membership;

/// <summary>Membership in PostgreSQL.</summary>
internal static class AdoNetMembership
{
    private const string Place = "Distributed:Cluster:ConnectionString";
    private const string Script = "postgresql-clustering.sql";
    private const int LimitSeconds = 5;

    /// <summary>Asks PostgreSQL once whether it is there and lets us in, and makes the tables where there are none.</summary>
    /// <exception cref="InvalidInputException">The connection string cannot be understood.</exception>
    /// <exception cref="ClusterUnreachableException">The server is not there, or does not let us in.</exception>
    public static async Task Check(ClusterSettings cluster, CancellationToken cancellation)
    {
        var address = Parse(cluster);
        try
        {
            await using NpgsqlConnection connection = new(address.ConnectionString);
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = await ReadScript(cancellation);
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException error)
        {
            throw new ClusterUnreachableException(
                $"PostgreSQL at {address.Host}:{address.Port} refuses: {error.MessageText}. Correct user, password and database in {Place}; the user needs the right to make tables, or make them by {Script}.", error);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw new ClusterUnreachableException(
                $"PostgreSQL at {address.Host}:{address.Port}, which holds the membership of {cluster}, cannot be reached. Start it, correct {Place}, or wait for it with Distributed:Cluster:Wait (--wait).", error);
        }
    }

    private static NpgsqlConnectionStringBuilder Parse(ClusterSettings cluster)
    {
        try
        {
            NpgsqlConnectionStringBuilder parsed = new(cluster.ConnectionString) { Timeout = LimitSeconds, Pooling = false };
            return parsed.Host is { Length: > 0 } ? parsed : throw new ArgumentException("no host is named");
        }
        catch (Exception error) when (error is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new InvalidInputException(Place, "it is no connection string of PostgreSQL", "Give 'Host=…;Database=…;Username=…;Password=…'.", error);
        }
    }

    private static async Task<string> ReadScript(CancellationToken cancellation)
    {
        await using var stream = typeof(AdoNetMembership).Assembly.GetManifestResourceStream(Script)
            ?? throw new InvalidOperationException($"The program does not hold {Script}.");
        using StreamReader reader = new(stream);
        return await reader.ReadToEndAsync(cancellation);
    }
}
