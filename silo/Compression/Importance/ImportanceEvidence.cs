using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Sweeps;

namespace Distributed.Compression.Importance;

/// <summary>What criteria judge by.</summary>
internal sealed record ImportanceEvidence
{
    /// <summary>The weights.</summary>
    public required Network Network { get; init; }

    /// <summary>
    /// ∂L/∂w by initializer, row-major, in the initializer's shape: the mean over the images of at least 10 batches, weighted by their sizes,
    /// so that it does not depend on how the images are split. Null where no criterion needs it.
    /// </summary>
    public IReadOnlyDictionary<string, float[]>? Gradients { get; init; }

    /// <summary>The sweep's seed, for the random control.</summary>
    public ulong Seed { get; init; }

    /// <summary>The weights of a member's slices.</summary>
    public IEnumerable<float> Weights(Member member) => Slices(member, Network.Floats(member.Initializer).Data);

    /// <summary>The gradients of a member's slices.</summary>
    /// <exception cref="InvalidInputException">There are none for its initializer.</exception>
    public IEnumerable<float> GradientsOf(Member member) => Gradients is not null && Gradients.TryGetValue(member.Initializer, out float[]? gradients)
        ? Slices(member, gradients)
        : throw new InvalidInputException($"initializer '{member.Initializer}'", "no gradient was accumulated for it", "Train it, or choose a criterion that needs no gradients.");

    private IEnumerable<float> Slices(Member member, float[] data)
    {
        var shape = Network.Initializers[member.Initializer].Shape;
        int inner = Tensor.Count(shape[(member.Axis + 1)..]);
        int outer = Tensor.Count(shape[..member.Axis]);
        for (int o = 0; o < outer; o++)
        {
            foreach (int index in member.Indices)
            {
                int start = ((o * shape[member.Axis]) + index) * inner;
                for (int i = 0; i < inner; i++) yield return data[start + i];
            }
        }
    }
}
