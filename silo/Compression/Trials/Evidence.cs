using Distributed.Compression.Graph;
using Distributed.Compression.Importance;

namespace Distributed.Compression.Trials;

/// <summary>Gathers what criteria judge by, in one pass over training images; nothing that none of them needs.</summary>
internal static class Evidence
{
    private const int Batches = 10;
    private const int BatchSize = 64;

    /// <param name="network">The network that is about to be pruned.</param>
    /// <param name="criteria">Who will judge.</param>
    /// <param name="data">Its training images are the sample.</param>
    /// <param name="seed">The sweep's seed.</param>
    /// <param name="purpose">Names the random stream that draws the images.</param>
    public static ImportanceEvidence Of(Network network, IEnumerable<IImportanceCriterion> criteria, TrialData data, ulong seed, string purpose)
    {
        var needs = criteria.Aggregate(EvidenceKinds.None, (all, criterion) => all | criterion.Needs);
        return Of(network, needs, data, seed, purpose);
    }

    /// <summary>The same for what is needed by name.</summary>
    public static ImportanceEvidence Of(Network network, EvidenceKinds needs, TrialData data, ulong seed, string purpose) =>
        EvidencePass.Collect(network, needs, data.Splits.Train, data.Normalization, Batches, BatchSize, new(seed, purpose), data.Device) with { Seed = seed };
}
