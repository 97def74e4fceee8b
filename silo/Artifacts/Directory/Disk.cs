using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Distributed.Artifacts;

/// <summary>The few calls on which durability rests. Tests replace them by a disk that is full or fails.</summary>
internal abstract partial class Disk
{
    private const int NotPermitted = 1;
    private const int Exists = 17;
    private const int Invalid = 22;
    private const int NoSpace = 28;
    private const int OverQuotaOnLinux = 122;
    private const int OverQuotaOnMac = 69;

    /// <summary>The disks of this machine.</summary>
    public static Disk Local { get; } = new LocalDisk();

    /// <summary>Writes all bytes or throws; may then have written some.</summary>
    public virtual void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(file, bytes, offset);

    /// <summary>Ends a file earlier.</summary>
    public virtual void Cut(SafeFileHandle file, long length) => RandomAccess.SetLength(file, length);

    /// <summary>What was written survives a power cut once this returns.</summary>
    public virtual void Flush(SafeFileHandle file) => RandomAccess.FlushToDisk(file);

    /// <summary>Names made or removed in a folder survive a power cut once this returns.</summary>
    public virtual void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        int handle = OpenFile(folder, 0);
        if (handle < 0) throw Failure(folder);
        try
        {
            // File systems that cannot flush a folder (EINVAL) keep names durable by themselves.
            if (SynchronizeFile(handle) < 0 && Marshal.GetLastPInvokeError() != Invalid) throw Failure(folder);
        }
        finally
        {
            _ = CloseFile(handle);
        }
    }

    /// <summary>Gives a file a name that nobody has, atomically.</summary>
    /// <returns>False when the name is taken. Otherwise the old name may still be there.</returns>
    public virtual bool TryName(string path, string name)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (LinkFile(path, name) == 0) return true;
            if (Marshal.GetLastPInvokeError() == Exists) return false;
            // Some file systems know no links (FAT: EPERM); there the move below is as good as it gets.
            if (Marshal.GetLastPInvokeError() != NotPermitted) throw Failure(name);
        }

        try
        {
            File.Move(path, name, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(name))
        {
            return false;
        }
    }

    /// <summary>Makes a folder and flushes every parent that got a new name.</summary>
    public void CreateFolder(string folder)
    {
        if (Directory.Exists(folder)) return;
        string parent = Path.GetDirectoryName(folder)!;
        CreateFolder(parent);
        Directory.CreateDirectory(folder);
        FlushFolder(parent);
    }

    /// <summary>Whether an error says that the disk, or this user's share of it, is full.</summary>
    public static bool IsFull(IOException error) => OperatingSystem.IsWindows()
        ? (error.HResult & 0xFFFF) is 0x70 or 0x27
        : error.HResult is NoSpace or OverQuotaOnLinux or OverQuotaOnMac;

    private sealed class LocalDisk : Disk;

    private static IOException Failure(string path)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"{path}: {new Win32Exception(error).Message}.", error);
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkFile(string path, string name);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SynchronizeFile(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseFile(int handle);
}
