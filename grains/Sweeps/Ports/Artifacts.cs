using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Distributed.Sweeps;

/// <summary>Where an artifact lies in its store: segments of letters, digits, '.', '_' and '-', joined by '/'. Never leads out of the store.</summary>
[GenerateSerializer, Immutable, Alias("artifact-name.v1")]
[JsonConverter(typeof(ArtifactNameConverter))]
public readonly partial record struct ArtifactName
{
    /// <exception cref="ArgumentException">The name has another form, or a segment starts with a dot.</exception>
    public ArtifactName(string value)
    {
        if (!Form().IsMatch(value)) throw new ArgumentException($"'{value}' is not an artifact name.", nameof(value));
        Value = value;
    }

    /// <summary>The name itself; null only in a default value.</summary>
    [Id(0)] public string Value { get; }

    /// <summary>A file of one attempt at a trial: "sweeps/demo/trials/7/e2/model.onnx". Epochs never share a file.</summary>
    public static ArtifactName OfAttempt(SweepId sweep, TrialId trial, int epoch, string file) =>
        new(Invariant($"sweeps/{sweep}/trials/{trial}/e{epoch}/{file}"));

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex("^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}){0,15}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

/// <summary>An immutable file in a store, with what proves that it is the same file.</summary>
/// <param name="Name">Where it lies.</param>
/// <param name="Sha256">Of its content, lower-case hexadecimal.</param>
/// <param name="Bytes">Its length.</param>
[GenerateSerializer, Immutable, Alias("artifact-ref.v1")]
public sealed record ArtifactRef(ArtifactName Name, string Sha256, long Bytes);

/// <summary>Immutable files. Every call may be repeated and made from any thread.</summary>
public interface IArtifactStore
{
    /// <summary>Writes a file once. All or nothing: a reader never sees a part.</summary>
    /// <returns>What was written, durable.</returns>
    /// <exception cref="ArtifactExistsException">The name is taken by other content; the same content is not an error.</exception>
    Task<ArtifactRef> Put(ArtifactName name, Stream content, CancellationToken cancellation = default);

    /// <summary>Opens a file whose length and hash are checked before the first byte is given out.</summary>
    /// <exception cref="ArtifactCorruptException">It is not there, or is not what the reference says.</exception>
    Task<Stream> Open(ArtifactRef artifact, CancellationToken cancellation = default);

    /// <summary>The file under a name, or null.</summary>
    Task<ArtifactRef?> Find(ArtifactName name, CancellationToken cancellation = default);

    /// <summary>Names that start with a prefix of whole segments ("sweeps/demo"), in ordinal order.</summary>
    IAsyncEnumerable<ArtifactName> List(string prefix, CancellationToken cancellation = default);

    /// <summary>Removes a file; nothing happens when it is not there.</summary>
    Task Delete(ArtifactName name, CancellationToken cancellation = default);
}

/// <summary>An artifact's name is taken by other content.</summary>
/// <param name="name">The name.</param>
public sealed class ArtifactExistsException(ArtifactName name)
    : IOException($"The artifact '{name}' exists with other content. Artifacts are never overwritten: write under a new epoch.");

/// <summary>An artifact is missing or is not what its reference says.</summary>
/// <param name="artifact">What was asked for.</param>
/// <param name="found">What is there.</param>
public sealed class ArtifactCorruptException(ArtifactRef artifact, string found)
    : IOException($"The artifact '{artifact.Name}' should have {artifact.Bytes} bytes and SHA-256 {artifact.Sha256}, but {found}. Restore it from a copy, or rerun its trial.");
