using CsCheck;
using Distributed.Sweeps;

namespace Distributed.Artifacts.Tests;

public sealed class StoredNoteTests
{
    private static readonly LogNote Note = new(12, """{"form":1,"text":"Größe"}""");

    [Fact]
    public void A_note_that_is_damaged_anywhere_is_none()
    {
        byte[] whole = StoredNote.Write(Note, "segment 100");
        Assert.Equal(new NotedLog(Note, true), StoredNote.Read(whole, "segment 100"));
        Assert.Equal(new NotedLog(Note, false), StoredNote.Read(whole, "segment 101"));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Bool).Sample(
            (at, with, cut) =>
            {
                byte[] damaged = cut ? whole[..at] : [.. whole[..at], with, .. whole[(at + 1)..]];
                return StoredNote.Read(damaged, "segment 100") is not { } read || read == new NotedLog(Note, true);
            },
            iter: 5000);
    }

    [Fact]
    public async Task A_damaged_file_is_no_note_and_the_log_is_read_as_before()
    {
        using var folder = new LogFolder();
        await folder.Append([0], [1]);
        await File.WriteAllBytesAsync(DirectoryLayout.Note(folder.Log), [0, 1, 2], TestContext.Current.CancellationToken);
        Assert.Null(await folder.Store.ReadNote(LogFolder.Sweep, TestContext.Current.CancellationToken));
        Assert.Equal([0, 1], await folder.Notes());
    }
}
