using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Sweeps;

namespace Distributed.Compression.Importance;

/// <summary>What criteria judge by. None of it depends, but for rounding, on how the images were split into batches.</summary>
internal sealed record ImportanceEvidence
{
    /// <summary>The weights.</summary>
    public required Network Network { get; init; }

    /// <summary>∂L/∂w by initializer, row-major, in the initializer's shape: the mean over the images. Null where no criterion needs it.</summary>
    public IReadOnlyDictionary<string, float[]>? Gradients { get; init; }

    /// <summary>(∂L/∂w)² of each single image, the mean over the images; laid out as <see cref="Gradients"/>. Null where no criterion needs it.</summary>
    public IReadOnlyDictionary<string, float[]>? SquaredGradients { get; init; }

    /// <summary>
    /// For every weight the root mean square of the input that it multiplies, over images and positions; laid out as <see cref="Gradients"/>.
    /// Null where no criterion needs it.
    /// </summary>
    public IReadOnlyDictionary<string, float[]>? InputNorms { get; init; }

    /// <summary>By family of the grouping that was given, what its units put out at every value that another layer reads. Null where no criterion needs it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<SiteActivations>>? Activations { get; init; }

    /// <summary>The sweep's seed, for the random control.</summary>
    public ulong Seed { get; init; }

    /// <summary>The weights of a member's slices.</summary>
    public IEnumerable<float> Weights(Member member) => Slices(member, Network.Floats(member.Initializer).Data);

    /// <summary>The gradients of a member's slices.</summary>
    /// <exception cref="InvalidInputException">There are none for its initializer.</exception>
    public IEnumerable<float> GradientsOf(Member member) => Found(member, Gradients, "gradient");

    /// <summary>The squared gradients of a member's slices.</summary>
    /// <exception cref="InvalidInputException">There are none for its initializer.</exception>
    public IEnumerable<float> SquaredGradientsOf(Member member) => Found(member, SquaredGradients, "squared gradient");

    /// <summary>The sizes of the inputs that a member's weights multiply.</summary>
    /// <exception cref="InvalidInputException">There are none for its initializer.</exception>
    public IEnumerable<float> InputNormsOf(Member member) => Found(member, InputNorms, "input norm");

    /// <summary>What a family's units put out; at least one site.</summary>
    /// <exception cref="InvalidInputException">Nothing was observed: no layer reads the family's channels.</exception>
    public IReadOnlyList<SiteActivations> ActivationsOf(Family family) => Activations?.GetValueOrDefault(family.Name) is { Count: > 0 } sites
        ? sites
        : throw new InvalidInputException($"family '{family.Name}'", "no activation of its units was observed", "Choose a criterion that judges by weights, such as 'l1'.");

    private IEnumerable<float> Found(Member member, IReadOnlyDictionary<string, float[]>? evidence, string what) =>
        evidence is not null && evidence.TryGetValue(member.Initializer, out float[]? values)
            ? Slices(member, values)
            : throw new InvalidInputException($"initializer '{member.Initializer}'", $"no {what} was accumulated for it", "Train it, or choose a criterion that judges by weights, such as 'l1'.");

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
