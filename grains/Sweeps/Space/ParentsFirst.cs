namespace Distributed.Sweeps;

/// <summary>The parameters of a space as a tree: a condition's parameter before those that depend on it.</summary>
public static class ParentsFirst
{
    /// <summary>Indices of the parameters, each after the one that its condition asks for; else in the space's order. Null when conditions go in a circle.</summary>
    public static IReadOnlyList<int>? Order(IReadOnlyList<Parameter> parameters)
    {
        List<int> order = [];
        HashSet<string> placed = new(StringComparer.Ordinal);
        var known = parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        while (order.Count < parameters.Count)
        {
            int before = order.Count;
            for (int i = 0; i < parameters.Count; i++)
            {
                string? parent = parameters[i].When?.Parameter;
                if (placed.Contains(parameters[i].Name) || (parent is not null && known.Contains(parent) && !placed.Contains(parent))) continue;
                placed.Add(parameters[i].Name);
                order.Add(i);
            }

            if (order.Count == before) return null;
        }

        return order;
    }

    /// <summary>The names of one circle of conditions, "a → b → a"; null when there is none.</summary>
    public static string? Circle(IReadOnlyList<Parameter> parameters)
    {
        var parents = parameters.DistinctBy(parameter => parameter.Name).ToDictionary(parameter => parameter.Name, parameter => parameter.When?.Parameter, StringComparer.Ordinal);
        foreach (string start in parents.Keys)
        {
            List<string> path = [start];
            while (parents.GetValueOrDefault(path[^1]) is { } next && path.Count <= parents.Count)
            {
                path.Add(next);
                if (next == start) return string.Join(" → ", path);
            }
        }

        return null;
    }
}
