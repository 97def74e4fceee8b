using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Distributed.Artifacts;

/// <summary>A file under a hidden name, removed when disposed. While its writer lives it holds a shared lock on it.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public const int BlockBytes = 1 << 17;
    private const string Pattern = $".*{DirectoryLayout.TemporaryExtension}";
    private const int Attempts = 8;
    private readonly Disk _disk;
    private readonly SafeFileHandle _file;

    private TemporaryFile(string path, SafeFileHandle file, Disk disk) => (Path, _file, _disk) = (path, file, disk);

    public string Path { get; }

    public long Length { get; private set; }

    public static TemporaryFile Create(string folder, Disk disk)
    {
        for (int attempt = 1; ; attempt++)
        {
            string path = DirectoryLayout.Temporary(folder);
            try
            {
                var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
                if (File.Exists(path)) return new(path, file, disk);
                file.Dispose();
            }
            catch (IOException error) when (attempt < Attempts && !Disk.IsFull(error) && Directory.Exists(folder))
            {
                // A cleaner looked at the new file before this writer had locked it, and takes it for a leftover.
            }
        }
    }

    /// <summary>Removes the files of writers that died, in a folder and all below it. A writer that lives keeps its file: it holds a lock on it.</summary>
    public static void RemoveLeftovers(string folder)
    {
        if (Directory.Exists(folder)) Remove(FolderTree.Files(folder, Pattern));
    }

    /// <summary>The same in this folder alone.</summary>
    public static void RemoveLeftoversIn(string folder) => Remove(Directory.EnumerateFiles(folder, Pattern));

    private static void Remove(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            try
            {
                using var taken = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                File.Delete(path);
            }
            catch (IOException)
            {
                // Its writer lives, or has just removed it.
            }
        }
    }

    /// <summary>Writes and flushes a whole stream.</summary>
    /// <returns>The SHA-256 of what was written, lower-case hexadecimal.</returns>
    public async Task<string> Fill(Stream content, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var block in Blocks.Of(content, cancellation))
        {
            hash.AppendData(block.Span);
            _disk.Write(_file, block.Span, Length);
            Length += block.Length;
        }

        _disk.Flush(_file);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose()
    {
        File.Delete(Path);
        _file.Dispose();
    }
}
