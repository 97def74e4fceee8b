using System.Text;
using System.Text.Json;
using CsCheck;
using Distributed.Testing;

namespace Distributed.Sweeps.Tests;

/// <summary>The shortcut for the entries that long logs consist of: it reads what the serializer reads, or nothing.</summary>
public sealed class KnownEntriesTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(2));

    private static IReadOnlyList<LogEntry> Known => [.. Records.Select((record, i) => new LogEntry(i, Time.AddTicks(i), record))];

    private static IEnumerable<SweepRecord> Records
    {
        get
        {
            var measurement = ((TrialOutcome.Completed)SampleRecords.OfEveryKind().OfType<SweepRecord.TrialClosed>().Single(one => one.Trial.Number == 1).Outcome).Measurement;
            TrialArtifacts files = new(File("model.onnx"), File("plan.json"), File("lineage.json"));
            yield return new SweepRecord.Suggested(TrialId.Dense, null, "dense baseline");
            yield return new SweepRecord.Suggested(new(7), new Candidate([new("ratio/stage0", 0.123456789), new("criterion", "l1")]), "Größe \"12\" 魚", 41);
            yield return new SweepRecord.Leased(new(7), 2, "host/0");
            yield return new SweepRecord.Leased(new(7), 2, "host/0", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            foreach (var phase in Enum.GetValues<TrialPhase>()) yield return new SweepRecord.PhaseStarted(new(7), 2, phase);
            yield return new SweepRecord.PhaseStarted(new(7), 2, TrialPhase.Measuring, 0.125);
            yield return new SweepRecord.TrialClosed(new(7), 2, new TrialOutcome.Completed(measurement, files, 2.5));
            yield return new SweepRecord.TrialClosed(new(8), 1, new TrialOutcome.Completed(measurement with { CompressedBytes = 77, OverFloat32 = 0.5 }, files with { Plan = null }, 0));
        }
    }

    [Fact]
    public void What_long_logs_consist_of_is_read_without_the_serializer()
    {
        foreach (var entry in Known)
        {
            string line = SweepJson.Write(entry);
            Assert.Equal(line, SweepJson.Write(KnownEntries.Read(Encoding.UTF8.GetBytes(line + "\n"))));
        }
    }

    [Fact]
    public void Every_other_record_is_left_to_the_serializer_or_read_as_it_does()
    {
        foreach (var record in (IReadOnlyList<SweepRecord>)[.. SampleRecords.OfEveryKind(), .. SampleRecords.OfVersion2(), .. SampleRecords.OfVersion3(), .. SampleRecords.OfVersion4()])
        {
            string line = SweepJson.Write(new LogEntry(3, Time, record));
            Assert.Equal(line, SweepJson.Write(SweepJson.ReadEntry(Encoding.UTF8.GetBytes(line))));
            SameAsTheSerializer(Encoding.UTF8.GetBytes(line));
        }
    }

    [Fact]
    public void A_member_that_is_new_or_missing_is_not_passed_over_unseen()
    {
        byte[] added = """{"position":1,"time":"2026-01-02T03:04:05+00:00","record":{"kind":"leased","trial":1,"epoch":1,"slot":"a","later":7}}"""u8.ToArray();
        Assert.Null(KnownEntries.Read(added));
        Assert.Null(KnownEntries.Read("""{"position":1,"time":"2026-01-02T03:04:05+00:00","record":{"kind":"leased","trial":1,"slot":"a"}}"""u8));
        Assert.Equal("a", Assert.IsType<SweepRecord.Leased>(SweepJson.ReadEntry(added)!.Record).Slot);
    }

    [Fact]
    public void However_a_line_is_changed_the_shortcut_reads_what_the_serializer_reads_or_nothing()
    {
        byte[][] lines = [.. Known.Select(entry => Encoding.UTF8.GetBytes(SweepJson.Write(entry)))];
        var change = Gen.Select(Gen.Int[0, 2000], Gen.Int[0, 3], Gen.Char["0123456789.-eE,:{}[]\"\\nulltrue a\n\u00e9"], Gen.Int[1, 40]);
        Gen.Select(Gen.Int[0, lines.Length - 1], change.List[1, 3]).Sample(
            (which, made) => SameAsTheSerializer(made.Aggregate(lines[which], (line, one) => Changed(line, one.Item1, one.Item2, one.Item3, one.Item4))),
            iter: 20_000);
    }

    private static byte[] Changed(byte[] line, int at, int how, char with, int length)
    {
        at %= line.Length + 1;
        int end = Math.Min(line.Length, at + length);
        return how switch
        {
            0 => [.. line[..at], (byte)with, .. line[Math.Min(line.Length, at + 1)..]],
            1 => [.. line[..at], (byte)with, .. line[at..]],
            2 => [.. line[..at], .. line[end..]],
            _ => [.. line[..end], .. line[at..]],
        };
    }

    private static void SameAsTheSerializer(byte[] line)
    {
        if (KnownEntries.Read(line) is not { } read) return;
        Assert.Equal(SweepJson.Write(JsonSerializer.Deserialize<LogEntry>(line, SweepJson.Options)), SweepJson.Write(read));
    }

    private static ArtifactRef File(string name) => new(new($"sweeps/demo/trials/7/e2/{name}"), new string('a', 64), 1234);
}
