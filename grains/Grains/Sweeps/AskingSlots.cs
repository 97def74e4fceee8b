namespace Distributed.Grains;

/// <summary>Which slots have lately asked a sweep for work: whether there is another one for a trial that failed on this.</summary>
internal sealed class AskingSlots(TimeProvider time, TimeSpan memory)
{
    private (string Slot, long At)? _last;
    private (string Slot, long At)? _other;

    /// <summary>A slot asks.</summary>
    public void Ask(string slot)
    {
        if (_last is { } last && last.Slot != slot) _other = last;
        _last = (slot, time.GetTimestamp());
    }

    /// <summary>Whether another slot asked not long ago.</summary>
    public bool IsAnyOther(string slot) => (IsRecent(_last) && _last!.Value.Slot != slot) || (IsRecent(_other) && _other!.Value.Slot != slot);

    private bool IsRecent((string Slot, long At)? asked) => asked is { } one && time.GetElapsedTime(one.At) <= memory;
}
