namespace Distributed.Sweeps;

/// <summary>Counts the pieces of work that this process has done, so that whoever watches it can tell one that computes for long from one that hangs.</summary>
/// <remarks>
/// A piece is anything that ends within seconds on a slow machine: an operator of a pass, a run of ONNX Runtime, a decoded image, a block
/// of a file. What it was does not matter, only that the count moves as long as work gets done. It belongs to the process instead of being
/// handed along with <see cref="ITrialContext"/>: an executor is one process with one attempt, what beats lies many calls below whoever
/// knows the attempt, and a beat that a new caller forgets to hand on would end in a killed trial. In processes that nobody watches
/// it counts for nothing. Any thread may beat; a beat costs nanoseconds.
/// </remarks>
public static class Pulse
{
    private static long _beats;

    /// <summary>Pieces of work done since the process began.</summary>
    public static long Beats => Interlocked.Read(ref _beats);

    /// <summary>A piece of work is done.</summary>
    public static void Beat() => Interlocked.Increment(ref _beats);
}
