using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>What the loss truly changes by when one unit, with all that is tied to it, is pruned.</summary>
internal sealed class Ablations
{
    private Ablations(IReadOnlyList<(int Family, int Unit, double Change)> units) => Units = units;

    /// <summary>The units that were pruned, one at a time, and the change of the loss.</summary>
    public IReadOnlyList<(int Family, int Unit, double Change)> Units { get; }

    /// <summary>Prunes units drawn at random.</summary>
    public static Ablations Of(Network network, ModelGrouping grouping, ImageSet images, Normalization normalization, int count, SeededRandom random)
    {
        (int Family, int Unit)[] all = [.. grouping.Families.Index().SelectMany(family => Enumerable.Range(0, family.Item.Width).Select(unit => (family.Index, unit)))];
        random.Shuffle(all);
        double before = Loss(network, images, normalization);
        return new([.. all.Take(count).Order().Select(unit => (unit.Family, unit.Unit, Loss(Without(network, grouping, unit.Family, unit.Unit), images, normalization) - before))]);
    }

    /// <summary>The same units, with the size of the change for the change: criteria foretell how much, not whether for better or worse.</summary>
    public Ablations Sizes() => new([.. Units.Select(unit => (unit.Family, unit.Unit, Math.Abs(unit.Change)))]);

    /// <summary>ρ of scores with the changes: over all units, and the mean over families with at least 5 of them, weighted by their number.</summary>
    public (double All, double Within) Correlation(double[][] scores)
    {
        double all = RankCorrelation.Of([.. Units.Select(unit => scores[unit.Family][unit.Unit])], [.. Units.Select(unit => unit.Change)]);
        var families = Units.GroupBy(unit => unit.Family).Where(family => family.Count() >= 5).ToArray();
        double within = families.Sum(family => family.Count() * RankCorrelation.Of(
            [.. family.Select(unit => scores[unit.Family][unit.Unit])], [.. family.Select(unit => unit.Change)])) / families.Sum(family => family.Count());
        return (all, within);
    }

    private static Network Without(Network network, ModelGrouping grouping, int family, int unit) => Slicer.Apply(network, grouping, PruningPlan.Of(
        grouping, [.. grouping.Families.Select((each, i) => (IReadOnlyList<int>)[.. Enumerable.Range(0, each.Width).Where(other => i != family || other != unit)])]));

    private static double Loss(Network network, ImageSet images, Normalization normalization)
    {
        using var net = new TorchNetwork(network, TrainingDevice.Cpu);
        return Evaluation.Accuracy(net, images, normalization).Loss;
    }
}
