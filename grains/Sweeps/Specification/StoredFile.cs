using System.Text.RegularExpressions;

namespace Distributed.Sweeps;

/// <summary>A file or folder that was put into the store under its hash. A spec refers to it where it else has a path: "store:SHA256/NAME".</summary>
/// <remarks>A folder lies there as one archive, whose name ends in <see cref="FolderExtension"/>. Equality is ordinal.</remarks>
public sealed partial record StoredFile
{
    /// <summary>How a reference starts; no path does.</summary>
    public const string Scheme = "store:";

    /// <summary>How the name of a folder's archive ends.</summary>
    public const string FolderExtension = ".folder.tar";

    /// <param name="sha256">Of the file or archive, lower-case hexadecimal.</param>
    /// <param name="name">Its name: one segment of an artifact's name.</param>
    /// <exception cref="InvalidInputException">They have another form.</exception>
    public StoredFile(string sha256, string name)
    {
        if (!Form().IsMatch($"{sha256}/{name}"))
        {
            throw new InvalidInputException(
                $"{Scheme}{sha256}/{name}", "this refers to no file of a store", "Write it as 'data push' or 'model push' printed it: store:SHA256/NAME.");
        }

        (Sha256, Name) = (sha256, name);
    }

    /// <summary>Of the file or archive, lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>Its name, with an extension that formats know it by.</summary>
    public string Name { get; }

    /// <summary>Whether it is the archive of a folder.</summary>
    public bool IsFolder => Name.EndsWith(FolderExtension, StringComparison.Ordinal);

    /// <summary>Where it lies.</summary>
    public ArtifactName Artifact => new($"content/{Sha256}/{Name}");

    /// <summary>Whether a path in a spec is a reference to a store.</summary>
    public static bool Is(string? path) => path?.StartsWith(Scheme, StringComparison.Ordinal) == true;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="InvalidInputException">It is no reference.</exception>
    public static StoredFile Parse(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        string[] parts = (Is(reference) ? reference[Scheme.Length..] : reference).Split('/', 2);
        return new(parts[0], parts.Length == 2 ? parts[1] : "");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Scheme}{Sha256}/{Name}";

    [GeneratedRegex("^[0-9a-f]{64}/[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
