namespace Distributed.Silo.Executors;

/// <summary>What tells a worker that its executor lives: whatever it says. While the executor waits for an answer of ours, its silence is our doing.</summary>
/// <remarks>
/// It waits from <see cref="FromExecutor.MeasureAsked"/> to <see cref="ToExecutor.MeasureGranted"/>, from <see cref="FromExecutor.AtRung"/> to
/// <see cref="ToExecutor.RungDecided"/>, and from the <see cref="FromExecutor.Paused"/> that answers a pause to its end. An executor that was
/// asked to pause and does not stand yet waits for nobody. Thread safe: heard of by the thread that reads, told of by whoever writes.
/// </remarks>
internal sealed class SignsOfLife
{
    private readonly Lock _lock = new();
    private long _count;
    private bool _wantsToMeasure;
    private bool _isAtRung;
    private int? _pause;
    private bool _stands;

    /// <summary>How many there were.</summary>
    public long Count
    {
        get
        {
            lock (_lock) return _count;
        }
    }

    /// <summary>Whether the executor cannot go on before it is told something.</summary>
    public bool IsOwed
    {
        get
        {
            lock (_lock) return _wantsToMeasure || _isAtRung || _stands;
        }
    }

    /// <summary>The executor said something. To be called when it comes, not when somebody gets round to it.</summary>
    public void Hear(FromExecutor message)
    {
        lock (_lock)
        {
            _count++;
            switch (message)
            {
                case FromExecutor.MeasureAsked:
                    _wantsToMeasure = true;
                    break;
                case FromExecutor.AtRung:
                    _isAtRung = true;
                    break;
                case FromExecutor.Paused paused:
                    // One that crossed with the end of its pause is none.
                    _stands = paused.Number == _pause;
                    break;
            }
        }
    }

    /// <summary>The executor is told something. To be called before it can have heard.</summary>
    public void Tell(ToExecutor message)
    {
        lock (_lock)
        {
            switch (message)
            {
                case ToExecutor.Run or ToExecutor.Cancel:
                    (_wantsToMeasure, _isAtRung, _stands) = (false, false, false);
                    break;
                case ToExecutor.Drain:
                    // It stands no longer, whatever pause there is.
                    _stands = false;
                    break;
                case ToExecutor.Pause pause:
                    _pause = pause.Number;
                    break;
                case ToExecutor.Resume:
                    (_pause, _stands) = (null, false);
                    break;
                case ToExecutor.RungDecided:
                    _isAtRung = false;
                    break;
                case ToExecutor.MeasureGranted:
                    _wantsToMeasure = false;
                    break;
            }
        }
    }
}
