using Microsoft.Win32.SafeHandles;

namespace Distributed.Artifacts;

/// <summary>The end of a log, where bytes are added: durably and whole, or not at all.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly Disk _disk;
    private readonly SafeFileHandle _file;
    private long _end;
    private bool _broken;

    private SegmentWriter(SafeFileHandle file, string path, long first, long end, int count, Disk disk) =>
        (_file, Path, First, _end, Count, _disk) = (file, path, first, end, count, disk);

    public string Path { get; }

    public long First { get; }

    public int Count { get; private set; }

    public long Bytes => _end;

    /// <summary>Starts an empty segment.</summary>
    public static SegmentWriter Create(string folder, long first, Disk disk)
    {
        disk.CreateFolder(folder);
        string path = DirectoryLayout.Segment(folder, first);
        var writer = new SegmentWriter(Open(path, FileMode.CreateNew), path, first, 0, 0, disk);
        try
        {
            writer.Append(SegmentHead.Of(first), 0);
            disk.FlushFolder(folder);
            return writer;
        }
        catch
        {
            writer.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Goes on at the end of a scanned segment; what a crash left half written there is cut off.</summary>
    public static SegmentWriter Resume(LogSegment segment, Disk disk)
    {
        var writer = new SegmentWriter(Open(segment.Path, FileMode.Open), segment.Path, segment.First, segment.End, segment.Count, disk);
        try
        {
            writer.CutTail();
            if (segment.End == 0) writer.Append(SegmentHead.Of(segment.First), 0);
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Adds bytes that hold so many records. When it fails, nothing was added, or the writer refuses everything after.</summary>
    public void Append(ReadOnlySpan<byte> bytes, int records)
    {
        if (_broken) throw new IOException("The log could not be flushed, so what it holds is not known. Restart to read it anew.");
        try
        {
            _disk.Write(_file, bytes, _end);
        }
        catch
        {
            TakeBack();
            throw;
        }

        // After a failed flush the pages may be gone from memory and not on the disk; trying again could report a success that is none.
        _broken = true;
        _disk.Flush(_file);
        _broken = false;
        _end += bytes.Length;
        Count += records;
    }

    public void Dispose() => _file.Dispose();

    private static SafeFileHandle Open(string path, FileMode mode) =>
        File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);

    private void CutTail()
    {
        if (RandomAccess.GetLength(_file) == _end) return;
        _disk.Cut(_file, _end);
        _disk.Flush(_file);
    }

    private void TakeBack()
    {
        _broken = true;
        _disk.Cut(_file, _end);
        _broken = false;
    }
}
