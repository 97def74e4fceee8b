namespace Distributed.Search;

/// <summary>The rules of early stopping by name. A new one is a file of its own and a line here.</summary>
public static class StoppingRules
{
    private static readonly Dictionary<string, IStoppingRule> Registered = new(StringComparer.Ordinal)
    {
        ["halving"] = new HalvingRule(),
        ["median"] = new MedianRule(),
        ["prospect"] = new ProspectRule(),
    };

    /// <summary>Names, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Registered.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Checks that there is a rule of that name.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public static void Check(string name) => Find(name);

    internal static IStoppingRule Find(string name) => Registered.TryGetValue(name, out var rule)
        ? rule
        : throw new InvalidInputException("early-stopping.rule", $"'{name}' is not a rule", ClosestName.Remedy(name, Names));
}
