namespace Distributed.Compression.Training;

/// <summary>The loss became NaN or infinite: the attempt ends, since nothing after it would be finite.</summary>
internal sealed class NotFiniteException(int step, float loss)
    : Exception(Invariant($"The training loss is {loss} at step {step}. Lower the learning rate, or prune in more steps."))
{
    /// <summary>The optimizer step, from 0.</summary>
    public int Step => step;
}
