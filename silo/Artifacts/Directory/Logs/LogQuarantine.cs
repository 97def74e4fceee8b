using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Sets the damaged part of a log aside, so that it goes on from the last record before the damage.</summary>
internal static class LogQuarantine
{
    /// <returns>Null when nothing is damaged.</returns>
    public static QuarantinedLog? SetAside(DirectoryLayout layout, SweepId sweep, Disk disk)
    {
        var segments = LogSegment.In(layout.Log(sweep));
        long next = 0;
        for (int i = 0; i < segments.Count; i++)
        {
            var segment = segments[i];
            bool placed = segment.First == next;
            var damage = placed ? segment.Look(i == segments.Count - 1) : segment.Misplaced(next);
            if (placed) next += segment.Count;
            if (damage is null) continue;
            string aside = Path.Combine(layout.Logs, Invariant($"{DirectoryLayout.QuarantinedPrefix}{sweep}-{next:D20}-{Guid.NewGuid():N}"));
            disk.CreateFolder(aside);
            // It may tell of what is set aside.
            File.Delete(DirectoryLayout.Note(layout.Log(sweep)));
            // From the last one on: whatever interrupts this, what is left has no gap.
            for (int j = segments.Count - 1; j > i; j--) Move(segments[j].Path, aside);
            if (placed && segment.Count > 0) Cut(segment, aside, disk);
            else Move(segment.Path, aside);
            disk.FlushFolder(aside);
            disk.FlushFolder(layout.Log(sweep));
            return new(sweep, damage.Message, next, aside);
        }

        return null;
    }

    private static void Move(string path, string aside) => File.Move(path, Path.Combine(aside, Path.GetFileName(path)));

    /// <summary>Keeps a copy of the whole file, and of the file what is intact.</summary>
    private static void Cut(LogSegment segment, string aside, Disk disk)
    {
        string copy = Path.Combine(aside, Path.GetFileName(segment.Path));
        File.Copy(segment.Path, copy);
        using (var kept = File.OpenHandle(copy, FileMode.Open, FileAccess.ReadWrite)) disk.Flush(kept);
        using var file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        disk.Cut(file, segment.End);
        disk.Flush(file);
    }
}
