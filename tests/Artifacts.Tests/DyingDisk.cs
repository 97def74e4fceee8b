using Microsoft.Win32.SafeHandles;

namespace Distributed.Artifacts.Tests;

/// <summary>A disk under a process that dies: every byte, flush, name and cut is a step, and from one step on nothing happens any more.</summary>
/// <remarks>Nothing is flushed: what a process wrote outlives the process, and the machine does not die here.</remarks>
internal sealed class DyingDisk(int steps) : Disk
{
    private int _left = steps;

    public bool HasDied { get; private set; }

    public override void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        int fits = Math.Min(_left, bytes.Length);
        _left -= fits;
        base.Write(file, bytes[..fits], offset);
        if (fits < bytes.Length) Die();
    }

    public override void Cut(SafeFileHandle file, long length)
    {
        Step();
        base.Cut(file, length);
    }

    public override void Flush(SafeFileHandle file) => Step();

    public override void FlushFolder(string folder) => Step();

    public override bool TryName(string path, string name)
    {
        Step();
        return base.TryName(path, name);
    }

    private void Step()
    {
        if (_left == 0) Die();
        _left--;
    }

    private void Die()
    {
        HasDied = true;
        throw new IOException("The process has died.");
    }
}
