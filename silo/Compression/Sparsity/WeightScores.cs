using Distributed.Compression.Importance;

namespace Distributed.Compression.Sparsity;

/// <summary>How much single weights matter, by the name of the candidate's criterion; those that judge no single weights stand for magnitude.</summary>
internal static class WeightScores
{
    /// <summary>What must be collected for a criterion.</summary>
    public static EvidenceKinds Needs(string criterion) => criterion switch
    {
        "taylor" or "gate-taylor" or "gradient-activation" => EvidenceKinds.Gradients,
        "fisher" => EvidenceKinds.SquaredGradients,
        "wanda" => EvidenceKinds.InputNorms,
        _ => EvidenceKinds.None,
    };

    /// <summary>
    /// A layer's scores, row-major like its weights: |w·∂L/∂w| for the criteria that follow the loss's slope, w²·F for Fisher, |w|·‖x‖ for Wanda (Sun et
    /// al. 2024, equation 1), else |w|.
    /// </summary>
    public static float[] Of(SparseLayer layer, string criterion, ImportanceEvidence evidence)
    {
        float[] weights = evidence.Network.Floats(layer.Weight).Data;
        return Needs(criterion) switch
        {
            EvidenceKinds.Gradients => [.. weights.Zip(evidence.Gradients![layer.Weight], (weight, gradient) => Math.Abs(weight * gradient))],
            EvidenceKinds.SquaredGradients => [.. weights.Zip(evidence.SquaredGradients![layer.Weight], (weight, fisher) => weight * weight * fisher)],
            EvidenceKinds.InputNorms => [.. weights.Zip(evidence.InputNorms![layer.Weight], (weight, norm) => Math.Abs(weight) * norm)],
            _ => [.. weights.Select(Math.Abs)],
        };
    }
}
