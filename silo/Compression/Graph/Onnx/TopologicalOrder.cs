using System.Collections.Immutable;
using Distributed.Sweeps;

namespace Distributed.Compression.Graph;

/// <summary>Puts nodes after those that they read from, and checks that every name has exactly one producer.</summary>
internal static class TopologicalOrder
{
    /// <summary>The nodes in topological order; the order given is kept where it is one already.</summary>
    /// <exception cref="InvalidInputException">A value is read and never written, is written twice, or depends on itself.</exception>
    public static ImmutableArray<Node> Sort(
        IReadOnlyList<Node> nodes,
        IEnumerable<ValueInfo> inputs,
        IEnumerable<ValueInfo> outputs,
        IEnumerable<string> initializers,
        string place)
    {
        var ready = new HashSet<string>(initializers, StringComparer.Ordinal) { "" };
        foreach (var input in inputs)
        {
            if (!ready.Add(input.Name)) throw Broken(place, $"the input '{input.Name}' is given twice");
        }

        var producers = Producers(nodes, ready, place);
        foreach (var output in outputs)
        {
            if (!ready.Contains(output.Name) && !producers.ContainsKey(output.Name))
                throw Broken(place, $"nothing computes the output '{output.Name}'");
        }

        return Order(nodes, producers, ready, place);
    }

    private static Dictionary<string, int> Producers(IReadOnlyList<Node> nodes, HashSet<string> ready, string place)
    {
        var producers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (string output in nodes[i].Outputs)
            {
                if (output.Length > 0 && (ready.Contains(output) || !producers.TryAdd(output, i)))
                    throw Broken($"{place}, node '{nodes[i].Name}'", $"the value '{output}' is written twice");
            }
        }

        return producers;
    }

    /// <summary>Kahn's algorithm; among nodes that are ready, the earliest of the file comes first.</summary>
    private static ImmutableArray<Node> Order(IReadOnlyList<Node> nodes, Dictionary<string, int> producers, HashSet<string> ready, string place)
    {
        int[] missing = new int[nodes.Count];
        var readers = new List<int>?[nodes.Count];
        var queue = new PriorityQueue<int, int>();
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (string input in nodes[i].Inputs.Where(input => !ready.Contains(input)))
            {
                if (!producers.TryGetValue(input, out int producer))
                    throw Broken($"{place}, node '{nodes[i].Name}'", $"the input '{input}' of the operator {nodes[i].Operator} is computed nowhere");
                (readers[producer] ??= []).Add(i);
                missing[i]++;
            }

            if (missing[i] == 0) queue.Enqueue(i, i);
        }

        var order = ImmutableArray.CreateBuilder<Node>(nodes.Count);
        while (queue.TryDequeue(out int next, out _))
        {
            order.Add(nodes[next]);
            foreach (int reader in readers[next] ?? [])
            {
                if (--missing[reader] == 0) queue.Enqueue(reader, reader);
            }
        }

        if (order.Count == nodes.Count) return order.ToImmutable();
        var stuck = nodes[Array.FindIndex(missing, count => count > 0)];
        throw Broken($"{place}, node '{stuck.Name}'", $"the operator {stuck.Operator} depends on its own output");
    }

    private static InvalidInputException Broken(string place, string found) => new(place, found, "The graph is broken: export the model again.");
}
