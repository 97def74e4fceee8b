using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>One container and how it is asked: again and again while it is unavailable, until patience ends.</summary>
/// <remarks>The client's own retries are off, so that every request is one of ours and has one meaning.</remarks>
internal sealed class AzureContainer(BlobContainerClient client, string place, AzurePatience patience, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastPause = TimeSpan.FromSeconds(5);

    public BlobContainerClient Client => client;

    /// <summary>The store's address, for messages.</summary>
    public string Place => place;

    public TimeProvider Time => time;

    /// <summary>Opens a container of an address; nothing is asked yet.</summary>
    /// <exception cref="InvalidInputException">There is no connection string, or it is none.</exception>
    public static AzureContainer Of(StoreAddress address, AzurePatience patience, TimeProvider time) => address switch
    {
        StoreAddress.Container account => new(new(account.Address, new DefaultAzureCredential(), Options(patience)), $"{address}", patience, time),
        StoreAddress.NamedContainer named => new(Connected(named, Options(patience)), $"{address}", patience, time),
        _ => throw new ArgumentException("This is no container.", nameof(address)),
    };

    /// <summary>The settings of every client. The service version is one that Azurite knows too.</summary>
    public static BlobClientOptions Options(AzurePatience patience) => new(BlobClientOptions.ServiceVersion.V2025_11_05)
    {
        Retry = { MaxRetries = 0, NetworkTimeout = patience.Request },
        Diagnostics = { IsLoggingContentEnabled = false, ApplicationId = "distributed" },
    };

    /// <summary>Asks for something that belongs to a log.</summary>
    public Task<T> AskForLog<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellation) => Ask(call, patience.Logs, cancellation);

    /// <summary>Asks for something that belongs to an artifact.</summary>
    public Task<T> AskForArtifact<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellation) => Ask(call, patience.Artifacts, cancellation);

    /// <summary>Asks once.</summary>
    public Task<T> AskOnce<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellation) => Ask(call, TimeSpan.Zero, cancellation);

    /// <summary>See <see cref="OpenedStore.Reach"/>.</summary>
    public Task Reach(CancellationToken cancellation) => AskForLog(Reached, cancellation);

    private async Task<bool> Reached(CancellationToken cancellation)
    {
        try
        {
            await client.CreateIfNotExistsAsync(cancellationToken: cancellation);
        }
        catch (RequestFailedException error) when (error.Status == 403)
        {
            // Whoever may use a container need not be allowed to make one.
            await foreach (var _ in client.GetBlobsAsync(new() { Prefix = BlobNames.Logs }, cancellation)) break;
        }

        return true;
    }

    private async Task<T> Ask<T>(Func<CancellationToken, Task<T>> call, TimeSpan limit, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LastPause ? pause * 2 : LastPause)
        {
            try
            {
                return await call(cancellation);
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested && AzureFaults.Meaning(error, place) is { } meaning)
            {
                if (meaning is not StoreUnavailableException || time.GetElapsedTime(start) + pause > limit) throw meaning;
            }

            await Task.Delay(pause, time, cancellation);
        }
    }

    private static BlobContainerClient Connected(StoreAddress.NamedContainer named, BlobClientOptions options)
    {
        const string Variable = StoreAddress.ConnectionVariable;
        string? connection = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrWhiteSpace(connection))
        {
            throw new InvalidInputException(
                $"{named}", $"the environment variable {Variable} is not set", "Set it to the account's connection string; the Azure portal shows it under 'Access keys'.");
        }

        try
        {
            return new(connection, named.Name, options);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or InvalidOperationException)
        {
            // What the client says may repeat a part of it.
            throw new InvalidInputException(
                Variable, "its value is not the connection string of a storage account", "Copy it whole: 'DefaultEndpointsProtocol=…;AccountName=…;AccountKey=…'.");
        }
    }
}
