namespace Distributed.Sweeps;

/// <summary>What goes where channels stand in groups (heads of attention, groups of a convolution or normalisation) and both ways are legal.</summary>
public static class Closures
{
    /// <summary>Every group loses the same places: the dimension of heads shrinks.</summary>
    public const string InsideGroups = "inside-groups";

    /// <summary>Groups go as a whole: heads are dropped.</summary>
    public const string WholeGroups = "whole-groups";

    /// <summary>Both.</summary>
    public static IReadOnlyList<string> All { get; } = [InsideGroups, WholeGroups];

    /// <summary>The closure that a candidate is pruned by; null for a model that leaves no choice.</summary>
    public static string? Of(ModelProfile profile, Candidate candidate) =>
        profile.Closure is null ? null : candidate.Choice(ParameterNames.Closure) is { } asked && All.Contains(asked) ? asked : profile.Closure;

    /// <summary>The closure that widths stand for: that of a family that is narrower than in the dense model, else the model's own.</summary>
    /// <param name="profile">The dense model's profile.</param>
    /// <param name="widths">One for each family.</param>
    public static string? Of(ModelProfile profile, ReadOnlySpan<int> widths)
    {
        for (int i = 0; profile.Closure is not null && i < widths.Length; i++)
        {
            if (profile.Families[i] is { Closure: { } closure } family && widths[i] < family.Width) return closure;
        }

        return profile.Closure;
    }

    /// <summary>The families whose widths candidates of a space may choose: those of a closure that the space does not hold are left out.</summary>
    public static IEnumerable<string> Families(ModelProfile profile, SearchSpace space)
    {
        string[] named = [.. SpaceNames.Of(space, ParameterNames.Closure)];
        bool always = named.Length > 0 && space.Parameters.First(parameter => parameter.Name == ParameterNames.Closure).When is null;
        string?[] reached = [.. named.Select(name => All.Contains(name) ? name : profile.Closure), .. always ? [] : new[] { profile.Closure }];
        return profile.Families.Where(family => family.Closure is null || reached.Contains(family.Closure)).Select(family => family.Name);
    }

    /// <summary>The width of each family in the dense model and in a candidate's; of two closures only the families of the candidate's own, since channels of the other are the same ones once more.</summary>
    public static IReadOnlyList<(int Dense, int Kept)> Widths(ModelProfile profile, Candidate candidate)
    {
        string? closure = Of(profile, candidate);
        return [.. profile.Families.Zip(Depths.Widths(profile, candidate)).Where(pair => Holds(pair.First.Closure, closure)).Select(pair => (pair.First.Width, pair.Second))];
    }

    /// <summary>The profile of a model that is pruned by one closure only: its families and operators, numbered anew.</summary>
    public static ModelProfile Under(ModelProfile profile, string? closure)
    {
        if (profile.Closure is null) return profile;
        var part = profile.Part(family => Holds(family.Closure, closure), op => Holds(op.Closure, closure));
        return part with
        {
            Families = [.. part.Families.Select(family => family with { Closure = null })],
            Operators = [.. part.Operators.Select(op => op with { Closure = null })],
            Int8 = part.Int8 is { } int8 ? int8 with { Operators = [.. int8.Operators.Select(op => op with { Closure = null })] } : null,
            Closure = null,
        };
    }

    /// <summary>Whether what belongs to a closure, or to none, counts under another.</summary>
    internal static bool Holds(string? own, string? closure) => own is null || own == closure;
}
