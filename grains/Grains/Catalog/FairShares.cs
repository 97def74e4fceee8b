using Distributed.Contracts;

namespace Distributed.Grains;

/// <summary>Which sweep a free slot works for: strictly by priority, and among equals in proportion to their weights.</summary>
/// <remarks>
/// Start-time fair queueing (Goyal, Vin and Cheng 1996) of slot time. Each sweep has a finish tag F; a trial handed out starts at
/// S = max(V, F) and moves F to S + c/w, where w is the weight, c the mean time that the sweep's trials take and V the start tag of the last
/// trial handed out at that priority. The smallest S goes next. When the trial has ended, F is put right by what it really took: a trial far from
/// the mean, such as the first of a sweep, is paid for once. A second costs the more the faster a device's class is: as often as the mean trial of
/// all classes is longer than the class's own, so that nobody pays for having been handed the slow devices. So a sweep that has work all the time
/// gets its share however long its trials take, and one that had none for a while catches nothing up. What is learnt of times is lost with the
/// activation and soon learnt again.
/// </remarks>
internal sealed class FairShares(TimeProvider time)
{
    private readonly SortedDictionary<string, Share> _shares = new(StringComparer.Ordinal);
    private readonly Dictionary<int, double> _virtual = [];
    private readonly Dictionary<string, (Charged Charged, string Device, long Began)> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Spent> _classes = new(StringComparer.Ordinal);
    private Spent _all;

    /// <summary>Takes in what a sweep tells of itself.</summary>
    /// <remarks>Another weight counts from its next trial on. At another priority it begins like a new sweep: each has a virtual time of its own.</remarks>
    public void Know(SweepSummary summary)
    {
        if (summary.Status != SweepStatus.Running) _shares.Remove(summary.Name.Value);
        else if (_shares.TryGetValue(summary.Name.Value, out var share) && share.Sweep.Priority == summary.Priority) share.Sweep = summary;
        else _shares[summary.Name.Value] = new(summary);
    }

    /// <summary>A slot is free again, which tells how long its last trial took.</summary>
    public void Free(string slot)
    {
        if (!_slots.Remove(slot, out var ran)) return;
        double seconds = time.GetElapsedTime(ran.Began).TotalSeconds;
        _all = _all.And(seconds);
        var alike = _classes[ran.Device] = _classes.GetValueOrDefault(ran.Device).And(seconds);
        if (seconds <= 0) return;
        double paid = seconds * _all.Mean / alike.Mean;
        var share = ran.Charged.Share;
        share.Paid = share.Paid.And(paid);
        share.Finish += (paid / share.Sweep.Weight) - ran.Charged.Cost;
    }

    /// <summary>The running sweeps that a device may work for, in the order in which to ask them.</summary>
    public IReadOnlyList<Share> For(string device) => [.. _shares.Values
        .Where(share => share.Sweep.Device is null || share.Sweep.Device == device)
        .OrderByDescending(share => share.Sweep.Priority)
        .ThenBy(Start)];

    /// <summary>Counts a trial for a sweep, before it is known whether it has one: other slots ask meanwhile.</summary>
    /// <returns>What it was charged.</returns>
    public Charged Charge(Share share)
    {
        Charged charged = new(share, Start(share), Cost(share) / share.Sweep.Weight);
        share.Finish = charged.Start + charged.Cost;
        return charged;
    }

    /// <summary>It had none.</summary>
    public static void Refund(Charged charged) => charged.Share.Finish -= charged.Cost;

    /// <summary>The trial was handed out.</summary>
    public void Begin(Charged charged, string slot, string device)
    {
        int level = charged.Share.Sweep.Priority;
        _virtual[level] = Math.Max(_virtual.GetValueOrDefault(level), charged.Start);
        _slots[slot] = (charged, device, time.GetTimestamp());
    }

    private double Start(Share share) => Math.Max(_virtual.GetValueOrDefault(share.Sweep.Priority), share.Finish);

    /// <summary>What a sweep's trials cost on average, or all trials while it has had none.</summary>
    private double Cost(Share share) => share.Paid.Trials > 0 ? share.Paid.Mean : _all.Seconds > 0 ? _all.Mean : 1;

    /// <summary>Slot time, and how many trials took it.</summary>
    internal readonly record struct Spent(double Seconds, long Trials)
    {
        /// <summary>Of a trial.</summary>
        public double Mean => Seconds / Trials;

        /// <summary>With one trial more.</summary>
        public Spent And(double seconds) => new(Seconds + seconds, Trials + 1);
    }

    /// <summary>A trial counted for a sweep.</summary>
    /// <param name="Share">Whose.</param>
    /// <param name="Start">S.</param>
    /// <param name="Cost">c/w.</param>
    internal readonly record struct Charged(Share Share, double Start, double Cost);

    /// <summary>What one sweep has had.</summary>
    /// <param name="sweep">The sweep as it last told.</param>
    internal sealed class Share(SweepSummary sweep)
    {
        /// <summary>The sweep as it last told.</summary>
        public SweepSummary Sweep { get; set; } = sweep;

        /// <summary>F.</summary>
        public double Finish { get; set; }

        /// <summary>What its trials cost.</summary>
        public Spent Paid { get; set; }
    }
}
