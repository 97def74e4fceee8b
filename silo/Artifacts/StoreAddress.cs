using System.Text.RegularExpressions;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Where logs and artifacts are: a folder, or a container of Azure Blob Storage. Written as text in settings; never holds a secret.</summary>
/// <remarks>
/// <code>
/// .distributed                                        a folder, relative ones from the current folder
/// https://ACCOUNT.blob.core.windows.net/CONTAINER     a container, as whoever runs the program (managed identity, environment, az login)
/// https://ADDRESS:PORT/ACCOUNT/CONTAINER              the same where a host has no name of its own for each account (emulators)
/// azure://CONTAINER                                   a container of the account in the variable DISTRIBUTED_STORE_CONNECTION
/// </code>
/// </remarks>
public abstract partial record StoreAddress
{
    /// <summary>The environment variable that holds the connection string for "azure://…".</summary>
    public const string ConnectionVariable = "DISTRIBUTED_STORE_CONNECTION";

    private const string Schemes = "Give a folder, https://ACCOUNT.blob.core.windows.net/CONTAINER, or azure://CONTAINER";

    private StoreAddress()
    {
    }

    /// <summary>A folder of this machine, or one that machines share.</summary>
    /// <param name="Path">Absolute.</param>
    public sealed record Folder(string Path) : StoreAddress
    {
        /// <inheritdoc/>
        public override string ToString() => Path;
    }

    /// <summary>A container, opened with the identity of whoever runs the program.</summary>
    /// <param name="Address">https, with the container as its path's end.</param>
    public sealed record Container(Uri Address) : StoreAddress
    {
        /// <inheritdoc/>
        public override string ToString() => Address.AbsoluteUri;
    }

    /// <summary>A container of the account whose connection string is in <see cref="ConnectionVariable"/>.</summary>
    /// <param name="Name">Of the container.</param>
    public sealed record NamedContainer(string Name) : StoreAddress
    {
        /// <inheritdoc/>
        public override string ToString() => $"azure://{Name}";
    }

    /// <summary>Reads an address. <see cref="object.ToString"/> of the result is read as the same address, in any folder.</summary>
    /// <exception cref="InvalidInputException">It is none of the three.</exception>
    public static StoreAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text)) throw new InvalidInputException("store", "the address is empty", $"{Schemes}.");
        if (text.StartsWith("azure://", StringComparison.OrdinalIgnoreCase)) return new NamedContainer(Named(text, text["azure://".Length..].TrimEnd('/')));
        if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) return OfAccount(text);
        if (text.Contains("://", StringComparison.Ordinal)) throw new InvalidInputException(Safe(text), "this kind of store is not known", $"{Schemes}.");
        return new Folder(Path.GetFullPath(text));
    }

    private static Container OfAccount(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)) throw new InvalidInputException(Safe(text), "this is not an address", $"{Schemes}.");
        if (uri.Query.Length > 0 || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new InvalidInputException(
                Safe(text),
                "the address holds more than account and container; a key or signature in it would be seen by others",
                $"Give the address alone; put a connection string into the environment variable {ConnectionVariable} and use azure://CONTAINER.");
        }

        string path = uri.AbsolutePath.Trim('/'), account = "";
        if (uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6)
        {
            // A host that is a number cannot name the account; the service's client, too, reads it from the path.
            account = path[..(path.IndexOf('/', StringComparison.Ordinal) + 1)];
            if (account.Length <= 1) throw new InvalidInputException(Safe(text), "no account stands before the container", "Give https://ADDRESS:PORT/ACCOUNT/CONTAINER.");
        }

        string name = Named(Safe(text), path[account.Length..]);
        return new(new($"{uri.GetLeftPart(UriPartial.Authority)}/{account}{name}"));
    }

    private static string Named(string text, string name) => ContainerForm().IsMatch(name) ? name : throw new InvalidInputException(
        text,
        $"'{name}' is not the name of a container",
        "Use 3 to 63 small letters, digits and single hyphens, with a letter or digit at both ends.");

    /// <summary>An address without whatever might be a secret in it.</summary>
    private static string Safe(string text) => text.Split('?', '#')[0] is var start && start.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at
        ? start[(at + 1)..] : start;

    [GeneratedRegex("^(?=.{3,63}\\z)[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ContainerForm();
}
