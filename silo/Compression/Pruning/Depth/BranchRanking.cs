using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Pruning;

/// <summary>In which order residual branches go: those first without which the loss rises least.</summary>
/// <remarks>Each branch is left out alone, without any recovery, as in Shortened LLaMA (Kim et al. 2024, §3.2).</remarks>
internal static class BranchRanking
{
    /// <summary>The branches, the one that goes first in front; of branches that matter as much the deeper one.</summary>
    /// <param name="network">The trained dense network.</param>
    /// <param name="branches">Those that may go.</param>
    /// <param name="mayBe">Whether what is left without some of them is allowed: a branch goes only where all before it may be gone, too.</param>
    /// <param name="images">The sample that judges.</param>
    /// <param name="normalization">How images become inputs.</param>
    /// <param name="device">Where networks run.</param>
    /// <param name="done">Is told before each branch how many are judged, of how many; may wait or throw.</param>
    public static IReadOnlyList<BranchProfile> Of(
        Network network, IReadOnlyList<ResidualBranch> branches, Func<Network, bool> mayBe, ImageSet images, Normalization normalization, TrainingDevice device, Action<int, int> done)
    {
        double whole = Loss(network);
        var ranked = branches.Index().Select(item => (item.Index, Branch: item.Item, Rise: Alone(item.Index, item.Item) - whole))
            .OrderBy(item => item.Rise).ThenByDescending(item => item.Index).ToList();
        List<BranchProfile> profiles = [];
        var before = network;
        List<ResidualBranch> gone = [];
        foreach (var (_, branch, rise) in ranked)
        {
            var after = BranchRemoval.Without(network, [.. gone, branch]);
            var nodes = BranchRemoval.Nodes(before, after);
            // One that stood inside of a branch before it is gone already.
            if (nodes.Count == 0 || !mayBe(after)) continue;
            profiles.Add(new(branch.Name, rise, nodes));
            gone.Add(branch);
            before = after;
        }

        return profiles;

        double Alone(int index, ResidualBranch branch)
        {
            done(index, branches.Count);
            return Loss(BranchRemoval.Without(network, [branch]));
        }

        double Loss(Network judged)
        {
            using var net = new TorchNetwork(judged, device);
            double loss = Evaluation.Accuracy(net, images, normalization).Loss;
            return double.IsFinite(loss) ? loss : double.MaxValue;
        }
    }
}
