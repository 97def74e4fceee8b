using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Pruning;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Which residual branches of the dense model a sweep may leave out, and in which order.</summary>
internal static class DenseBranches
{
    private const int Images = 1000;

    /// <summary>The residual branches in the order in which they go; none where the space does not hold a depth ratio.</summary>
    /// <exception cref="InvalidInputException">It holds one, and no branch may go.</exception>
    public static IReadOnlyList<BranchProfile> Of(Network network, SweepSpec spec, TrialData data, ITrialContext context)
    {
        if (MayGo(network, spec) is not { Count: > 0 } branches) return [];
        var images = data.Splits.Train;
        int[] order = [.. Enumerable.Range(0, images.Count)];
        new SeededRandom(spec.Seed, "trial/0/branches").Shuffle(order);
        var sample = images.Pick(order[..Math.Min(Images, order.Length)]);
        return BranchRanking.Of(network, branches, sample, data.Normalization, data.Device, Judging);

        void Judging(int done, int all)
        {
            context.Cancelled.ThrowIfCancellationRequested();
            context.StepBoundary();
            context.Report(new() { Phase = TrialPhase.Profiling, Epoch = done, Epochs = all });
        }
    }

    /// <summary>The branches that a space may leave out: none in which a layer or family is to be kept.</summary>
    /// <exception cref="InvalidInputException">The space holds a depth ratio, and no branch may go.</exception>
    public static IReadOnlyList<ResidualBranch> MayGo(Network network, SweepSpec spec)
    {
        if (spec.Space.Parameters.All(parameter => parameter.Name != ParameterNames.DepthRatio)) return [];
        var kept = spec.Model.Keep.Select(name => name.Split('@')[0]).ToHashSet(StringComparer.Ordinal);
        var all = ResidualBranches.Of(network);
        ResidualBranch[] free = [.. all.Where(branch => !BranchRemoval.Nodes(network, BranchRemoval.Without(network, [branch])).Any(kept.Contains))];
        if (free.Length > 0) return free;
        throw new InvalidInputException(
            $"space.{ParameterNames.DepthRatio}",
            all.Count == 0 ? "the model has no residual branch that could be left out" : "model.keep holds a layer of every residual branch",
            $"Leave '{ParameterNames.DepthRatio}' out{(all.Count == 0 ? "" : ", or keep fewer layers")}; 'model inspect' lists the branches.");
    }
}
