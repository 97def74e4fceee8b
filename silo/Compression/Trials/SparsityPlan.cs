using System.Text.Json.Serialization;
using Distributed.Compression.Graph;
using Distributed.Compression.Sparsity;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Which single weights went (in plan.json).</summary>
/// <param name="Pattern">"unstructured" or "2:4".</param>
/// <param name="Criterion">How they were scored.</param>
/// <param name="Layers">The layers whose weights could go, in the network's order.</param>
internal sealed record SparsityPlan(string Pattern, string Criterion, IReadOnlyList<SparsityPlan.Layer> Layers)
{
    /// <summary>All layers together.</summary>
    [JsonIgnore]
    public SparsityReport Report => new(Pattern, Layers.Sum(layer => (long)layer.Weights), Layers.Sum(layer => (long)layer.Zeros));

    /// <summary>What a finished network has lost; null where nothing was asked for.</summary>
    public static SparsityPlan? Of(SparsityRecipe recipe, Network network) => recipe.Pattern == SparsityRecipe.None
        ? null
        : new(recipe.Pattern, recipe.Criterion, [.. SparseLayer.Of(network).Select(layer => Layer.Of(layer, network))]);

    /// <param name="Name">The node.</param>
    /// <param name="Weights">Its weights.</param>
    /// <param name="Zeros">How many of them are zero.</param>
    /// <param name="Mask">SHA-256 over one byte for each weight, row-major: 0 where it is zero, else 1.</param>
    internal sealed record Layer(string Name, int Weights, int Zeros, string Mask)
    {
        public static Layer Of(SparseLayer layer, Network network)
        {
            (int weights, int zeros, string mask) = SparseWeights.Count(network, layer);
            return new(layer.Layer, weights, zeros, mask);
        }
    }
}
