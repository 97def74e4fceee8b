using Distributed.Compression.Graph.Onnx;
using Distributed.Sweeps;

namespace Distributed.Compression.Graph;

/// <summary>Weights in files beside the model. Nothing outside the model's folder is opened, and nothing is allocated before the sizes agree.</summary>
internal sealed class ExternalWeights
{
    private readonly string? _folder;

    /// <param name="folder">The model's folder; null where the model is no file, and has none beside it.</param>
    public ExternalWeights(string? folder) => _folder = folder is null ? null : Resolved(Path.GetFullPath(folder));

    /// <summary>Whether a tensor's data lies in another file.</summary>
    public static bool Holds(TensorProto proto) => proto.DataLocation == TensorProto.Types.DataLocation.External || proto.ExternalData.Count > 0;

    /// <summary>Reads a tensor's bytes.</summary>
    /// <param name="proto">The tensor in the model.</param>
    /// <param name="bytes">Bytes that its shape and type need.</param>
    /// <param name="place">Model and name, for errors.</param>
    /// <exception cref="InvalidInputException">The entry is malformed, points out of the folder, or does not hold what the shape needs.</exception>
    public byte[] Read(TensorProto proto, long bytes, string place)
    {
        if (_folder is null)
            throw new InvalidInputException(place, "the tensor's data lies in another file", "Export the model with all weights inside one file.");
        string file = Locate(Entry(proto, "location") ?? throw Broken(place, "its data lies in a file without a name"), place);
        (long offset, long length) = (Number(proto, "offset", 0, place), Number(proto, "length", bytes, place));
        if (length != bytes || bytes > Array.MaxLength) throw Broken(place, Invariant($"its shape needs {bytes} bytes, {length} are stated"));
        try
        {
            using var handle = File.OpenHandle(file);
            if (offset > RandomAccess.GetLength(handle) - length) throw Broken(place, Invariant($"'{Path.GetFileName(file)}' does not reach to byte {offset} + {length}"));
            byte[] data = new byte[length];
            for (int done = 0; done < data.Length;)
            {
                int read = RandomAccess.Read(handle, data.AsSpan(done), offset + done);
                done += read > 0 ? read : throw Broken(place, $"'{Path.GetFileName(file)}' was cut off while it was read");
            }

            return data;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InvalidInputException(place, $"its data in '{Path.GetFileName(file)}' cannot be read", "Put the file with the weights beside the model.", error);
        }
    }

    /// <summary>The file that a location names, which must lie in the model's folder, also when links are followed.</summary>
    private string Locate(string location, string place)
    {
        bool odd = location.Length == 0 || location.Contains('\0') || Path.IsPathRooted(location) || location.Split('/', '\\').Contains("..");
        string path = odd ? "" : Resolved(Path.GetFullPath(Path.Combine(_folder!, location)));
        if (odd || !path.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new InvalidInputException(
                place, $"its data would be read from '{location.Replace('\0', ' ')}', outside the model's folder", "Put the file with the weights beside the model, and export with a plain file name.");
        }

        return path;
    }

    /// <summary>A path with all links followed.</summary>
    private static string Resolved(string path)
    {
        string? parent = Path.GetDirectoryName(path);
        if (parent is null) return path;
        string whole = Path.Combine(Resolved(parent), Path.GetFileName(path));
        var entry = Directory.Exists(whole) ? new DirectoryInfo(whole) : (FileSystemInfo)new FileInfo(whole);
        return entry.LinkTarget is null ? whole : entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? whole;
    }

    private static string? Entry(TensorProto proto, string key) => proto.ExternalData.LastOrDefault(entry => entry.Key == key)?.Value;

    private static long Number(TensorProto proto, string key, long otherwise, string place) => Entry(proto, key) switch
    {
        null => otherwise,
        var text when long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long number) => number,
        var text => throw Broken(place, $"the {key} of its data is '{text}'"),
    };

    private static InvalidInputException Broken(string place, string found) => new(place, found, "The files are damaged or do not belong together: copy or export them again.");
}
