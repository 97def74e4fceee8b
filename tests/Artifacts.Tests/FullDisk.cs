using Microsoft.Win32.SafeHandles;

namespace Distributed.Artifacts.Tests;

/// <summary>A disk with room for so many bytes more. Like a real one, it writes what fits before it says that it is full.</summary>
internal sealed class FullDisk(long room) : Disk
{
    public long Room { get; set; } = room;

    /// <summary>Whether flushing fails, as on a broken device.</summary>
    public bool IsBroken { get; set; }

    public override void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        int fits = (int)Math.Min(Room, bytes.Length);
        base.Write(file, bytes[..fits], offset);
        Room -= fits;
        if (fits < bytes.Length) throw new IOException("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28);
    }

    public override void Flush(SafeFileHandle file)
    {
        if (IsBroken) throw new IOException("Input/output error", 5);
        base.Flush(file);
    }
}
