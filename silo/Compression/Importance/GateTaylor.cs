using Distributed.Compression.Grouping;

namespace Distributed.Compression.Importance;

/// <summary>
/// Gate Taylor: |γ·∂L/∂γ + β·∂L/∂β| of the channel's normalisations, averaged over them: the slope of the loss against a gate on the channel (You et al.
/// 2019; Molchanov et al. 2019, section 3.3). A family without any has its gates where its layers end: |Σ w·∂L/∂w + b·∂L/∂b|.
/// </summary>
internal sealed class GateTaylor : IImportanceCriterion
{
    private const int OffsetInput = 2;

    /// <inheritdoc/>
    public string Name => "gate-taylor";

    /// <inheritdoc/>
    public EvidenceKinds Needs => EvidenceKinds.Gradients;

    /// <inheritdoc/>
    public double[] Score(Family family, ImportanceEvidence evidence)
    {
        bool normalised = Criteria.Has(family, MemberRole.Scale);
        var (scale, shift) = normalised ? (MemberRole.Scale, MemberRole.Shift) : (MemberRole.Filter, MemberRole.Bias);
        double[] scores = new double[family.Width];
        for (int i = 0; i < scores.Length; i++)
        {
            var members = family.Units[i].Members;
            var gates = members.Where(member => member.Role == scale);
            scores[i] = gates.Average(gate => Math.Abs(Slope(gate, evidence) + Offsets(gate, members.Where(member => member.Role == shift), evidence)));
        }

        return scores;
    }

    /// <summary>The part of what the same node adds.</summary>
    private static double Offsets(Member gate, IEnumerable<Member> shifts, ImportanceEvidence evidence)
    {
        var offsets = evidence.Network.Nodes.Where(node => node.Input(1) == gate.Initializer).Select(node => node.Input(OffsetInput)).ToHashSet();
        return shifts.Where(shift => offsets.Contains(shift.Initializer)).Sum(shift => Slope(shift, evidence));
    }

    private static double Slope(Member member, ImportanceEvidence evidence) =>
        evidence.Weights(member).Zip(evidence.GradientsOf(member), (weight, gradient) => (double)weight * gradient).Sum();
}
