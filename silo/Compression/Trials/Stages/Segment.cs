using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>One pruning step and the recovery from it, as stages see it.</summary>
internal sealed record Segment
{
    /// <summary>0, 1, … below <see cref="TrialRecipe.Segments"/>.</summary>
    public required int Index { get; init; }

    /// <summary>How the candidate is made.</summary>
    public required TrialRecipe Recipe { get; init; }

    /// <summary>What is learnt from and judged on.</summary>
    public required TrialData Data { get; init; }

    /// <summary>The trained dense network.</summary>
    public required Network Dense { get; init; }

    /// <summary>The network at the end of the segment before; before the first what <see cref="TrialGrouping.Start"/> makes of the dense one.</summary>
    public required Network Accepted { get; init; }

    /// <summary>The families that the candidate is pruned by.</summary>
    public required TrialGrouping Families { get; init; }

    /// <summary>For each family of the dense model the units that are left, from the slicing on without what it takes; goes into checkpoints.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Kept { get; init; }

    /// <summary>The channels that are left, under the candidate's closure: what the next slicing chooses from.</summary>
    public ModelGrouping Grouping => Families.At(Dense, Kept);

    /// <summary>What was cut out of <see cref="Accepted"/>; null where nothing was, and always when a segment is resumed.</summary>
    public Slicing? Slicing { get; init; }

    /// <summary>What the trial belongs to.</summary>
    public required TrialAssignment Assignment { get; init; }

    /// <summary>Where progress is told.</summary>
    public required ITrialContext Context { get; init; }

    /// <summary>Whether no other comes after it.</summary>
    public bool IsLast => Index == Recipe.Segments - 1;

    /// <summary>The sweep's seed.</summary>
    public ulong Seed => Assignment.Spec.Seed;

    /// <summary>Names a random stream: the same in every attempt, so that a trial gives the same bits wherever it runs.</summary>
    public string Purpose(string use) => Invariant($"trial/{Assignment.Trial}/{Index}/{use}");
}

/// <summary>How a network became smaller.</summary>
/// <param name="Before">The network before.</param>
/// <param name="Grouping">Its channels.</param>
/// <param name="Plan">Which of them are left.</param>
internal sealed record Slicing(Network Before, ModelGrouping Grouping, PruningPlan Plan);
