using Distributed.Compression.Graph;
using Distributed.Sweeps;

namespace Distributed.Compression.Training;

/// <summary>The loss or the weights became NaN or infinite: the attempt ends, since nothing after it would be finite.</summary>
internal sealed class NotFiniteException(int step, string found)
    : AttemptFailedException(FailureKind.NotFinite, Invariant($"{found} at step {step}. Lower the learning rate, or prune in more steps."))
{
    public NotFiniteException(int step, float loss)
        : this(step, Invariant($"The training loss is {loss}"))
    {
    }

    /// <summary>The optimizer step, from 0.</summary>
    public int Step => step;

    /// <summary>Refuses a trained network that holds a weight or statistic which is NaN or infinite.</summary>
    /// <param name="network">The network.</param>
    /// <param name="step">Its last optimizer step.</param>
    public static void ThrowIfAny(Network network, int step)
    {
        foreach (string name in WeightRoles.Of(network).Keys)
        {
            if (!Array.TrueForAll(network.Floats(name).Data, float.IsFinite))
                throw new NotFiniteException(step, $"'{name}' holds values that are NaN or infinite");
        }
    }
}
