using Distributed.Compression.Graph;
using Distributed.Compression.Importance;
using Distributed.Compression.Training;

namespace Distributed.Compression.Trials;

/// <summary>Gathers what criteria judge by; gradients only where one needs them.</summary>
internal static class Evidence
{
    private const int Batches = 10;
    private const int BatchSize = 64;

    /// <param name="network">The network that is about to be pruned.</param>
    /// <param name="criteria">Who will judge.</param>
    /// <param name="data">Gradients are taken on training images.</param>
    /// <param name="seed">The sweep's seed.</param>
    /// <param name="purpose">Names the random stream that draws the images.</param>
    public static ImportanceEvidence Of(Network network, IEnumerable<IImportanceCriterion> criteria, TrialData data, ulong seed, string purpose)
    {
        var evidence = new ImportanceEvidence { Network = network, Seed = seed };
        if (!criteria.Any(criterion => criterion.NeedsGradients)) return evidence;
        using var net = new TorchNetwork(network);
        return evidence with
        {
            Gradients = GradientAccumulation.Collect(net, data.Splits.Train, data.Normalization, Batches, BatchSize, new(seed, purpose)),
        };
    }
}
