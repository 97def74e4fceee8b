using System.Globalization;

namespace Distributed.Artifacts;

/// <summary>An exclusive lock of the operating system: it ends with the process, however that ends.</summary>
/// <remarks>Beside the lock file stands "….owner", which tells others who holds it. It is a message, not part of the lock.</remarks>
internal sealed class LockFile : IDisposable
{
    private readonly FileStream _file;
    private readonly string _owner;

    private LockFile(FileStream file, string owner) => (_file, _owner) = (file, owner);

    /// <returns>The lock, or null when somebody holds it.</returns>
    public static LockFile? TryTake(string path, TimeProvider time)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStream file;
        try
        {
            file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException error) when (IsHeld(error))
        {
            return null;
        }

        string since = time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Tell(OwnerPath(path), Invariant($"process {Environment.ProcessId} on {Environment.MachineName}, since {since}\n"));
        return new(file, OwnerPath(path));
    }

    /// <summary>Who holds a lock, for people: "process 123 on host, since …", or "another process".</summary>
    public static string Holder(string path)
    {
        try
        {
            return File.ReadAllText(OwnerPath(path)).Trim() is { Length: > 0 } text ? text : "another process";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }

    public void Dispose()
    {
        File.Delete(_owner);
        _file.Dispose();
    }

    /// <summary>A full disk must not keep anybody from a lock: then the message to others is empty.</summary>
    private static void Tell(string owner, string text)
    {
        try
        {
            File.WriteAllText(owner, text);
        }
        catch (IOException error) when (Disk.IsFull(error))
        {
            // "Another process" is what others will read.
        }
    }

    private static string OwnerPath(string path) => Path.ChangeExtension(path, ".owner");

    /// <summary>EWOULDBLOCK (11 on Linux, 35 on macOS) or a Windows sharing violation.</summary>
    internal static bool IsHeld(IOException error) =>
        error is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException)
        && (OperatingSystem.IsWindows() ? (error.HResult & 0xFFFF) == 32 : error.HResult is 11 or 35);
}
