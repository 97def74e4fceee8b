using System.Numerics.Tensors;
using Distributed.Compression.Grouping;

namespace Distributed.Compression.Importance;

/// <summary>
/// Geometric median (FPGM, He et al. 2019, equation 4): Σ_v ‖w_u − w_v‖ over the filters v of the layer, averaged over the tied layers. A filter
/// near the median of its layer is one that the others can stand for.
/// </summary>
internal sealed class GeometricMedian : IImportanceCriterion
{
    /// <inheritdoc/>
    public string Name => "fpgm";

    /// <inheritdoc/>
    public EvidenceKinds Needs => EvidenceKinds.None;

    /// <inheritdoc/>
    public double[] Score(Family family, ImportanceEvidence evidence) => Criteria.MeanOverLayers(family, MemberRole.Filter, members =>
    {
        float[][] filters = [.. members.Select(member => evidence.Weights(member).ToArray())];
        double[] distances = new double[filters.Length];
        for (int u = 0; u < filters.Length; u++)
        {
            for (int v = u + 1; v < filters.Length; v++)
            {
                double distance = TensorPrimitives.Distance(filters[u], filters[v]);
                distances[u] += distance;
                distances[v] += distance;
            }
        }

        return distances;
    });
}
