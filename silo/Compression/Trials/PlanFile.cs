using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>What was pruned (plan.json): for each family the units of the dense model that are left.</summary>
/// <param name="Criterion">How units were scored.</param>
/// <param name="Steps">In how many steps.</param>
/// <param name="Families">The families in the profile's order.</param>
internal sealed record PlanFile(string Criterion, int Steps, IReadOnlyList<PlanFile.Family> Families)
{
    /// <summary>The residual branches that were left out, by the nodes that added them; null where none was. Families that stood in them alone are not listed.</summary>
    public IReadOnlyList<string>? LeftOut { get; init; }

    /// <summary>Which single weights went; null where none did.</summary>
    public SparsityPlan? Sparsity { get; init; }

    /// <summary>How the file computes in 8 bits; null in float32.</summary>
    public QuantizationNote? Quantization { get; init; }

    public static PlanFile Of(PruningRecipe recipe, IReadOnlyList<FamilyProfile> families, IReadOnlyList<IReadOnlyList<int>> kept) =>
        new(recipe.Criterion, recipe.Steps, [.. families.Select((family, i) => new Family(family.Name, family.Width, kept[i]))]);

    /// <param name="Name">Its first layer.</param>
    /// <param name="Width">Units of the dense model.</param>
    /// <param name="Kept">Units that are left, ascending.</param>
    internal sealed record Family(string Name, int Width, IReadOnlyList<int> Kept);
}
