using System.Globalization;

namespace Distributed.Artifacts;

/// <summary>The hash of a file, kept beside it so that a large file is read once. Believed only with the length and time it was made of.</summary>
/// <remarks>Losing a note, or half of it, costs one more reading. Opening a file never believes a note: it reads the file.</remarks>
internal readonly record struct HashNote(string Sha256, long Bytes, long Ticks)
{
    private const string Form = "v1";

    /// <summary>The note of a file as it is now, or null when there is none or the file is another one.</summary>
    public static HashNote? Find(string path, FileInfo file)
    {
        try
        {
            return Parse(File.ReadAllText(DirectoryLayout.HashNote(path))) is { } note
                && note.Bytes == file.Length && note.Ticks == file.LastWriteTimeUtc.Ticks ? note : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps the note, if it can be kept: a reader may have no right to write, a disk no space.</summary>
    public void Keep(string path)
    {
        string temporary = DirectoryLayout.Temporary(Path.GetDirectoryName(path)!);
        try
        {
            File.WriteAllText(temporary, Invariant($"{Form} {Sha256} {Bytes} {Ticks}\n"));
            File.Move(temporary, DirectoryLayout.HashNote(path), overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
        }
    }

    private static HashNote? Parse(string text) =>
        text.EndsWith('\n') && text.TrimEnd('\n').Split(' ') is [Form, { Length: 64 } sha256, var bytes, var ticks]
        && long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out long length)
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out long time)
            ? new(sha256, length, time) : null;

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It stays behind as a leftover, which nobody sees and the next owner of the store removes.
        }
    }
}
