using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Importance;

namespace Distributed.Compression.Trials;

/// <summary>Gathers what criteria judge by, in one pass over training images; nothing that none of them needs.</summary>
internal static class Evidence
{
    private const int Batches = 10;
    private const int BatchSize = 64;
    private const EvidenceKinds OfUnits = EvidenceKinds.Activations | EvidenceKinds.ActivationGradients;

    /// <param name="network">The network that is about to be pruned.</param>
    /// <param name="grouping">The units among which criteria choose.</param>
    /// <param name="criteria">Who will judge.</param>
    /// <param name="data">Its training images are the sample.</param>
    /// <param name="seed">The sweep's seed.</param>
    /// <param name="purpose">Names the random stream that draws the images.</param>
    public static ImportanceEvidence Of(Network network, ModelGrouping grouping, IEnumerable<IImportanceCriterion> criteria, TrialData data, ulong seed, string purpose) =>
        Of(network, grouping, Needs(criteria), data, seed, purpose);

    /// <summary>The same for what is needed by name, and is of weights, not of units.</summary>
    public static ImportanceEvidence Of(Network network, EvidenceKinds needs, TrialData data, ulong seed, string purpose) =>
        Of(network, null, needs, data, seed, purpose);

    /// <summary>Evidence for each of several groupings: another pass for what is of units; what is of weights is shared.</summary>
    public static IReadOnlyDictionary<ModelGrouping, ImportanceEvidence> Of(
        Network network, IReadOnlyList<ModelGrouping> groupings, IEnumerable<IImportanceCriterion> criteria, TrialData data, ulong seed, string purpose)
    {
        var needs = Needs(criteria);
        var first = Of(network, groupings[0], needs, data, seed, purpose);
        return groupings.ToDictionary(grouping => grouping, grouping => ReferenceEquals(grouping, groupings[0])
            ? first
            : first with { Activations = Of(network, grouping, needs & OfUnits, data, seed, purpose).Activations });
    }

    private static ImportanceEvidence Of(Network network, ModelGrouping? grouping, EvidenceKinds needs, TrialData data, ulong seed, string purpose) =>
        EvidencePass.Collect(network, grouping, needs, data.Splits.Train, data.Normalization, Batches, BatchSize, new(seed, purpose), data.Device) with { Seed = seed };

    private static EvidenceKinds Needs(IEnumerable<IImportanceCriterion> criteria) =>
        criteria.Aggregate(EvidenceKinds.None, (all, criterion) => all | criterion.Needs);
}
