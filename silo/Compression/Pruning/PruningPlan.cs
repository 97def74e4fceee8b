using Distributed.Compression.Grouping;
using Distributed.Sweeps;

namespace Distributed.Compression.Pruning;

/// <summary>What is kept of a network: immutable, written as plan.json, the same bytes for the same plan.</summary>
internal sealed record PruningPlan
{
    private PruningPlan()
    {
    }

    /// <summary>For every family of the grouping, in its order, which units stay.</summary>
    public required IReadOnlyList<FamilyCut> Families { get; init; }

    /// <summary>For every axis of an initializer that gets shorter, which positions stay; by name, then axis.</summary>
    public required IReadOnlyList<AxisCut> Initializers { get; init; }

    /// <summary>SHA-256 of the plan's JSON, lower-case hexadecimal.</summary>
    public string Hash() => SweepJson.Hash(new Written(Families, Initializers));

    /// <summary>The plan as plan.json holds it.</summary>
    public string ToJson() => SweepJson.Write(new Written(Families, Initializers));

    /// <summary>The plan that <see cref="ToJson"/> wrote, checked against the grouping that it is to be applied to.</summary>
    /// <exception cref="InvalidInputException">It is no plan, or not one of this network.</exception>
    public static PruningPlan FromJson(string json, ModelGrouping grouping)
    {
        Written written;
        try
        {
            written = SweepJson.Read<Written>(json);
        }
        catch (System.Text.Json.JsonException error)
        {
            throw new InvalidInputException("plan.json", $"it is no pruning plan ({error.Message.TrimEnd('.')})", "Give the plan.json of a trial.", error);
        }

        if (!written.Families.Select(family => (family.Name, family.Width)).SequenceEqual(grouping.Families.Select(family => (family.Name, family.Width))))
            throw new InvalidInputException("plan.json", "its families are not those of the model", "Give the plan together with the dense model it was made for.");
        return Of(grouping, [.. written.Families.Select(family => family.Kept)]);
    }

    /// <summary>The plan that keeps the first units of every family: where widths matter and weights do not.</summary>
    /// <param name="grouping">The network's grouping.</param>
    /// <param name="widths">One for each family.</param>
    /// <exception cref="InvalidInputException">A family or layer would be left empty, or is not that wide.</exception>
    public static PruningPlan First(ModelGrouping grouping, IReadOnlyList<int> widths) =>
        Of(grouping, [.. widths.Select(width => (IReadOnlyList<int>)[.. Enumerable.Range(0, width)])]);

    /// <summary>The plan that keeps the given units.</summary>
    /// <param name="grouping">The network's grouping.</param>
    /// <param name="kept">For every family the places of the units that stay, ascending.</param>
    /// <exception cref="InvalidInputException">A family or layer would be left empty, or a place does not exist.</exception>
    public static PruningPlan Of(ModelGrouping grouping, IReadOnlyList<IReadOnlyList<int>> kept)
    {
        if (kept.Count != grouping.Families.Length)
            throw new InvalidInputException("plan", Invariant($"it has {kept.Count} families where the model has {grouping.Families.Length}"), "Give one list for each family.");
        var plan = new PruningPlan
        {
            Families = [.. grouping.Families.Select((family, i) => Cut(family, kept[i]))],
            Initializers = [],
        };
        bool[] stays = plan.Keeps(grouping);
        PlanCheck.Layers(grouping, stays);
        return plan with { Initializers = [.. Cuts(grouping, stays)] };
    }

    /// <summary>The plan that removes nothing.</summary>
    public static PruningPlan Dense(ModelGrouping grouping) =>
        Of(grouping, [.. grouping.Families.Select(family => (IReadOnlyList<int>)[.. Enumerable.Range(0, family.Width)])]);

    /// <summary>For every unit, by its number, whether it stays.</summary>
    public bool[] Keeps(ModelGrouping grouping)
    {
        bool[] stays = new bool[grouping.UnitCount];
        for (int family = 0; family < Families.Count; family++)
        {
            foreach (int unit in Families[family].Kept) stays[grouping.FirstUnits[family] + unit] = true;
        }

        return stays;
    }

    private static FamilyCut Cut(Family family, IReadOnlyList<int> kept)
    {
        PlanCheck.Family(family, kept);
        return new(family.Name, family.Width, kept);
    }

    private static IEnumerable<AxisCut> Cuts(ModelGrouping grouping, bool[] stays)
    {
        foreach (var ((name, axis), units) in grouping.Initializers)
        {
            int[] kept = [.. units.Index().Where(item => item.Item < 0 || stays[item.Item]).Select(item => item.Index)];
            if (kept.Length < units.Length) yield return new(name, axis, units.Length, kept);
        }
    }

    private sealed record Written(IReadOnlyList<FamilyCut> Families, IReadOnlyList<AxisCut> Initializers);
}

/// <summary>What stays of one family.</summary>
/// <param name="Name">The family.</param>
/// <param name="Width">Its units in the dense model.</param>
/// <param name="Kept">Places of the units that stay, ascending.</param>
internal sealed record FamilyCut(string Name, int Width, IReadOnlyList<int> Kept);

/// <summary>What stays of one axis of an initializer.</summary>
/// <param name="Name">The initializer.</param>
/// <param name="Axis">Its axis.</param>
/// <param name="Size">Positions in the dense model.</param>
/// <param name="Kept">Positions that stay, ascending.</param>
internal sealed record AxisCut(string Name, int Axis, int Size, IReadOnlyList<int> Kept);
