using System.Text.Json;
using Distributed.Sweeps;

namespace Distributed.Contracts;

/// <summary>A sweep in one line: fold(records). What was folded can be noted beside the log and gone on from, which gives the same as the whole log.</summary>
/// <param name="sweep">The sweep.</param>
/// <remarks>Not thread safe.</remarks>
public sealed class SweepListing(SweepId sweep)
{
    /// <summary>Of what is noted; what another form says is not looked at.</summary>
    private const int Form = 1;

    private bool _notifies;
    private LogEntry? _last;

    /// <summary>The line; null before the launch.</summary>
    public SweepSummary? Summary { get; private set; }

    /// <summary>Whether a webhook may not have been told everything yet.</summary>
    public bool MayTell { get; private set; }

    /// <summary>The position after the last record that was taken in.</summary>
    public long Next { get; private set; }

    /// <summary>Reads the line of a sweep: from its note where that is current, else from there on, or from the whole log where there is none or it tells of another log.</summary>
    /// <exception cref="LogCorruptException">What had to be read is damaged.</exception>
    public static async Task<SweepListing> Read(ISweepLogStore logs, SweepId sweep, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(logs);
        if (await logs.ReadNote(sweep, cancellation) is { } noted && Noted(noted.Note) is { } line && line.Summary.Name == sweep)
        {
            SweepListing listing = new(sweep) { Summary = line.Summary, MayTell = line.Tells, Next = noted.Note.Next, _notifies = line.Notifies };
            if (noted.IsCurrent || await listing.GoOn(logs, line.Last, cancellation)) return listing;
        }

        SweepListing whole = new(sweep);
        await foreach (var entry in logs.Read(sweep, 0, cancellation)) whole.Apply(entry);
        return whole;
    }

    /// <summary>Takes one entry in.</summary>
    public void Apply(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        (_last, Next) = (entry, entry.Position + 1);
        if (entry.Record is SweepRecord.Launched launched) Launch(launched.Spec, entry.Time);
        if (Summary is null) return;
        MayTell = _notifies;
        Summary = entry.Record switch
        {
            SweepRecord.TrialClosed { Trial.IsDense: false } => Summary with { Closed = Summary.Closed + 1 },
            SweepRecord.FrontChanged front => Summary with { Front = front.Trials.Count, Hypervolume = front.Hypervolume },
            SweepRecord.FrontMoved moved => Summary with { Front = Summary.Front + 1 - moved.Left.Count, Hypervolume = moved.Hypervolume },
            SweepRecord.ShareChanged share => Summary with { Weight = share.Weight ?? Summary.Weight, Priority = share.Priority ?? Summary.Priority },
            SweepRecord.StatusChanged status => Summary with { Status = status.Status },
            _ => Summary,
        };
    }

    /// <summary>What is noted beside the log, when the last entry was just taken in.</summary>
    /// <param name="tells">Whether a webhook is still to be told something.</param>
    /// <returns>Null before the launch.</returns>
    public LogNote? ToNote(bool tells) => Summary is { } summary && _last is { } last
        ? new(Next, SweepJson.Write(new Line(Form, summary, _notifies, tells, SweepJson.Hash(last))))
        : null;

    private void Launch(SweepSpec spec, DateTimeOffset time)
    {
        _notifies = spec.Notify is not null;
        Summary = new()
        {
            Name = sweep,
            Status = SweepStatus.Running,
            Trials = spec.Budget.Trials,
            Launched = time,
            Weight = spec.Weight ?? 1,
            Priority = spec.Priority ?? 0,
            Device = spec.Device,
        };
    }

    /// <summary>Takes in what was appended since.</summary>
    /// <returns>False when the last record that was noted of is another, or none: the log was replaced, or cut by a repair.</returns>
    private async Task<bool> GoOn(ISweepLogStore logs, string last, CancellationToken cancellation)
    {
        bool same = false;
        await foreach (var entry in logs.Read(sweep, Next - 1, cancellation))
        {
            if (same) Apply(entry);
            else if (SweepJson.Hash(entry) != last) return false;
            same = true;
        }

        return same;
    }

    private static Line? Noted(LogNote note)
    {
        try
        {
            return SweepJson.Read<Line>(note.Text) is { Form: Form, Summary: not null, Last: not null } line ? line : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="Form">See <see cref="SweepListing.Form"/>.</param>
    /// <param name="Summary">The line.</param>
    /// <param name="Notifies">Whether the sweep has a webhook.</param>
    /// <param name="Tells">Whether it is still to be told something.</param>
    /// <param name="Last">The hash of the last record that was taken in.</param>
    private sealed record Line(int Form, SweepSummary Summary, bool Notifies, bool Tells, string Last);
}
