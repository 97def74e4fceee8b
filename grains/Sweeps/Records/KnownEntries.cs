using System.Text.Json;

namespace Distributed.Sweeps;

/// <summary>Reads the entries that long logs consist of several times as fast as the serializer does, and leaves all others to it.</summary>
/// <remarks>
/// A shortcut, never a second truth: what it reads, the serializer reads the same. Anything that it does not expect, such as another kind, a
/// member that is new or missing, or damage, makes it give up, and the serializer, which it stands before, decides.
/// </remarks>
internal static class KnownEntries
{
    private static readonly (byte[] Name, TrialPhase Phase)[] Phases =
        [.. Enum.GetValues<TrialPhase>().Select(phase => (JsonSerializer.SerializeToUtf8Bytes(phase, SweepJson.Options)[1..^1], phase))];

    /// <summary>The entry on a line; null for what it does not know.</summary>
    public static LogEntry? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            Utf8JsonReader json = new(line);
            return json.Read() && Entry(ref json) is { } entry && !json.Read() ? entry : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // The serializer says what is wrong.
            return null;
        }
    }

    private static LogEntry? Entry(ref Utf8JsonReader json)
    {
        (long position, DateTimeOffset time, SweepRecord? record) = (-1, default, null);
        while (json.NextMember())
        {
            if (!(json.ValueTextEquals("position"u8) ? json.TryLong(out position)
                : json.ValueTextEquals("time"u8) ? json.TryTime(out time)
                : json.ValueTextEquals("record"u8) && json.TryBegin() && Is(record = Record(ref json)))) return null;
        }

        return position >= 0 && time != default && record is not null ? new(position, time, record) : null;
    }

    private static SweepRecord? Record(ref Utf8JsonReader json)
    {
        if (!json.NextMember() || !json.ValueTextEquals("kind"u8) || !json.Read()) return null;
        return json.ValueTextEquals("suggested"u8) ? Suggested(ref json)
            : json.ValueTextEquals("leased"u8) ? Leased(ref json)
            : json.ValueTextEquals("phase-started"u8) ? PhaseStarted(ref json)
            : json.ValueTextEquals("trial-closed"u8) ? TrialClosed(ref json)
            : null;
    }

    private static SweepRecord.Suggested? Suggested(ref Utf8JsonReader json)
    {
        (int trial, Candidate? candidate, string? reason, long basis) = (-1, null, null, -1);
        while (json.NextMember())
        {
            if (!(json.ValueTextEquals("trial"u8) ? json.TryInt(out trial)
                : json.ValueTextEquals("candidate"u8) ? json.TryBegin() && Is(candidate = KnownValues.Candidate(ref json))
                : json.ValueTextEquals("reason"u8) ? json.TryText(out reason)
                : json.ValueTextEquals("basis"u8) && json.TryLong(out basis))) return null;
        }

        return trial >= 0 && reason is not null ? new(new(trial), candidate, reason, basis >= 0 ? basis : null) : null;
    }

    private static SweepRecord.Leased? Leased(ref Utf8JsonReader json)
    {
        (int trial, int epoch, string? slot, string? trace) = (-1, -1, null, null);
        while (json.NextMember())
        {
            if (!(json.ValueTextEquals("trial"u8) ? json.TryInt(out trial)
                : json.ValueTextEquals("epoch"u8) ? json.TryInt(out epoch)
                : json.ValueTextEquals("slot"u8) ? json.TryText(out slot)
                : json.ValueTextEquals("trace"u8) && json.TryText(out trace))) return null;
        }

        return trial >= 0 && epoch >= 0 && slot is not null ? new(new(trial), epoch, slot, trace) : null;
    }

    private static SweepRecord.PhaseStarted? PhaseStarted(ref Utf8JsonReader json)
    {
        (int trial, int epoch, TrialPhase? phase, double ago) = (-1, -1, null, double.NaN);
        while (json.NextMember())
        {
            if (!(json.ValueTextEquals("trial"u8) ? json.TryInt(out trial)
                : json.ValueTextEquals("epoch"u8) ? json.TryInt(out epoch)
                : json.ValueTextEquals("ago"u8) ? json.TryNumber(out ago)
                : json.ValueTextEquals("phase"u8) && json.Read() && json.TokenType == JsonTokenType.String && (phase = Phase(ref json)) is not null)) return null;
        }

        return trial >= 0 && epoch >= 0 && phase is { } entered ? new(new(trial), epoch, entered, double.IsNaN(ago) ? null : ago) : null;
    }

    private static SweepRecord.TrialClosed? TrialClosed(ref Utf8JsonReader json)
    {
        (int trial, int epoch, TrialOutcome? outcome) = (-1, -1, null);
        while (json.NextMember())
        {
            if (!(json.ValueTextEquals("trial"u8) ? json.TryInt(out trial)
                : json.ValueTextEquals("epoch"u8) ? json.TryInt(out epoch)
                : json.ValueTextEquals("outcome"u8) && json.TryBegin() && Is(outcome = KnownValues.Completed(ref json)))) return null;
        }

        return trial >= 0 && epoch >= 0 && outcome is not null ? new(new(trial), epoch, outcome) : null;
    }

    private static TrialPhase? Phase(ref Utf8JsonReader json)
    {
        foreach (var (name, phase) in Phases)
        {
            if (json.ValueTextEquals(name)) return phase;
        }

        return null;
    }

    private static bool Is(object? found) => found is not null;
}
