using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Which residual branches of the dense model a sweep may leave out, and in which order.</summary>
internal static class DenseBranches
{
    private const int Images = 512;

    /// <summary>The residual branches in the order in which they go; none where the space does not ask for fewer.</summary>
    /// <exception cref="InvalidInputException">It does, and no branch may go.</exception>
    public static IReadOnlyList<BranchProfile> Of(Network network, SweepSpec spec, TrialData data, ITrialContext context)
    {
        if (MayGo(network, spec) is not { Count: > 0 } branches) return [];
        var images = data.Splits.Train;
        int[] order = [.. Enumerable.Range(0, images.Count)];
        new SeededRandom(spec.Seed, "trial/0/branches").Shuffle(order);
        var sample = images.Pick(order[..Math.Min(Images, order.Length)]);
        var keeps = Keeps(network, spec.Model.Keep);
        return BranchRanking.Of(network, branches, keeps, sample, data.Normalization, data.Device, Judging);

        void Judging(int done, int all)
        {
            context.Cancelled.ThrowIfCancellationRequested();
            context.StepBoundary();
            context.Report(new() { Phase = TrialPhase.Profiling, Epoch = done, Epochs = all });
        }
    }

    /// <summary>The branches that a space may leave out: none without which a layer or family would be gone that is to be kept.</summary>
    /// <exception cref="InvalidInputException">The space asks for fewer branches, and none may go.</exception>
    public static IReadOnlyList<ResidualBranch> MayGo(Network network, SweepSpec spec)
    {
        if (!Depths.AreAskedFor(spec.Space)) return [];
        var all = ResidualBranches.Of(network);
        var keeps = Keeps(network, spec.Model.Keep);
        ResidualBranch[] free = [.. all.Where(branch => keeps(BranchRemoval.Without(network, [branch])))];
        if (free.Length > 0) return free;
        throw new InvalidInputException(
            $"space.{ParameterNames.DepthRatio}",
            all.Count == 0 ? "the model has no residual branch that could be left out" : "model.keep holds a layer of every residual branch",
            $"Leave '{ParameterNames.DepthRatio}' out{(all.Count == 0 ? "" : ", or keep fewer layers")}; 'model inspect' lists the branches.");
    }

    /// <summary>Whether a part of a network has all layers and families of some names.</summary>
    private static Func<Network, bool> Keeps(Network network, IReadOnlyList<string> names)
    {
        if (names.Count == 0) return _ => true;
        var union = GroupingUnion.Of(network);
        var kept = DenseProfile.Kept(union, names);
        var layers = network.Nodes.Select(node => node.Name).Intersect(names, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var families = union.Families.Zip(union.Gather(grouping => grouping.Families)).Where(pair => kept.Contains(pair.First.Name)).Select(pair => pair.Second).ToList();
        return part => layers.IsSubsetOf(part.Nodes.Select(node => node.Name))
            && families.All(family => family.Units.SelectMany(unit => unit.Members).Any(member => part.Initializers.ContainsKey(member.Initializer)));
    }
}
