using System.Net.Sockets;
using Azure;
using Azure.Identity;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>What an error of the storage client means: wait and ask again, or change something.</summary>
internal static class AzureFaults
{
    private const string Connection = StoreAddress.ConnectionVariable;
    private const int NoSpace = 507;

    /// <summary>The error to tell; null for answers that only the caller understands, and for errors that are not the container's.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="store">The store's address.</param>
    public static Exception? Meaning(Exception error, string store) => error switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Meaning(last, store),
        CredentialUnavailableException => NoIdentity(store, error),
        AuthenticationFailedException => error.Message.Contains("AADSTS", StringComparison.Ordinal) ? NoIdentity(store, error) : NoToken(store, error),
        RequestFailedException { Status: 0 } => Silent(store, error),
        RequestFailedException failed => OfAnswer(failed, store),
        OperationCanceledException or HttpRequestException or SocketException => Silent(store, error),
        _ when error.GetType() == typeof(IOException) || error is HttpIOException => Silent(store, error),
        _ => null,
    };

    private static Exception? OfAnswer(RequestFailedException error, string store) => error switch
    {
        { Status: NoSpace } => new StoreFullException(store, error),
        { Status: 408 or 429 or >= 500 } => Unavailable(store, Invariant($"it answers {error.Status} ({Code(error)})"), error),
        { Status: 401 or 403 } => Refused(
            store,
            $"the account does not accept who asks ({Code(error)})",
            $"Check the connection string in {Connection}, or the identity's role: it needs 'Storage Blob Data Contributor' on the container.",
            error),
        { ErrorCode: "ContainerBeingDeleted" or "AccountBeingCreated" } => Unavailable(store, $"it answers {error.ErrorCode}", error),
        { ErrorCode: "ContainerNotFound" } => Refused(
            store, "there is no such container", "Check its name; a silo makes it when it starts.", error),
        { Status: 400 } when error.ErrorCode is "InvalidUri" or "OutOfRangeInput" or "InvalidResourceName" or "InvalidHeaderValue" or "UnsupportedHeader" =>
            new InvalidInputException(store, $"the service does not understand what is asked ({error.ErrorCode})", "Check the address; an emulator may be too old.", error),
        _ => null,
    };

    private static StoreUnavailableException Silent(string store, Exception error)
    {
        string said = error is OperationCanceledException ? "no answer in time" : FirstLine(error.GetBaseException().Message);
        return Unavailable(store, $"it does not answer ({said}); check the network and the account's name", error);
    }

    /// <summary>There is an identity, and what gives its tokens does not: it may be starting, as on a new machine, or refuse.</summary>
    private static StoreUnavailableException NoToken(string store, Exception error) => Unavailable(
        store, $"no token is given for the identity that asks ({FirstLine(error.Message)}); check the machine's managed identity, or log in with 'az login'", error);

    private static InvalidInputException NoIdentity(string store, Exception error) => Refused(
        store,
        $"no identity was found that may ask ({FirstLine(error.Message)})",
        $"Give the machine a managed identity, log in with 'az login', or put a connection string into {Connection} and use azure://CONTAINER.",
        error);

    private static InvalidInputException Refused(string store, string found, string remedy, Exception error) => new(store, found, remedy, error) { IsOfStore = true };

    private static StoreUnavailableException Unavailable(string store, string found, Exception error) => new(store, found, error);

    private static string Code(RequestFailedException error) => error.ErrorCode is { Length: > 0 } code ? code : Invariant($"HTTP {error.Status}");

    private static string FirstLine(string message) => message.Split('\n')[0].Trim().TrimEnd('.');
}
