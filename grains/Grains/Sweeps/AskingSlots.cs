namespace Distributed.Grains;

/// <summary>Which slots have lately asked a sweep for work: whether there is another one for a trial that failed on this.</summary>
internal sealed class AskingSlots(TimeProvider time, TimeSpan memory)
{
    private readonly Dictionary<string, long> _silos = new(StringComparer.Ordinal);
    private (string Slot, long At)? _last;
    private (string Slot, long At)? _other;

    /// <summary>Silos of which a slot asked not long ago.</summary>
    public IEnumerable<string> Silos => _silos.Where(silo => IsRecent(silo.Value)).Select(silo => silo.Key);

    /// <summary>The silo that a slot belongs to: slots are named SILO/NUMBER.</summary>
    public static string SiloOf(string slot) => slot.LastIndexOf('/') is >= 0 and var end ? slot[..end] : slot;

    /// <summary>A slot asks.</summary>
    public void Ask(string slot)
    {
        long now = time.GetTimestamp();
        if (_last is { } last && last.Slot != slot) _other = last;
        _last = (slot, now);
        _silos[SiloOf(slot)] = now;
    }

    /// <summary>Whether another slot asked not long ago.</summary>
    public bool IsAnyOther(string slot) => IsAnother(_last, slot) || IsAnother(_other, slot);

    private bool IsAnother((string Slot, long At)? asked, string slot) => asked is { } one && one.Slot != slot && IsRecent(one.At);

    private bool IsRecent(long at) => time.GetElapsedTime(at) <= memory;
}
