using System.Collections.Immutable;

namespace Distributed.Compression.Graph;

/// <summary>Computes what depends on constants and shapes only. Operators without an entry are left to run time.</summary>
internal static class ConstantEvaluation
{
    private static readonly Dictionary<string, Func<NodeInference, int, ImmutableArray<int>, Tensor?>> Entries =
        MovementEvaluation.Entries.Concat(ArithmeticEvaluation.Entries).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>The value of an output whose shape is already inferred, or null where it cannot be told before running.</summary>
    public static Tensor? Evaluate(NodeInference node, int output)
    {
        if (!Entries.TryGetValue(node.Node.Operator, out var entry) || node.Given[output] is not { } value) return null;
        bool known = node.Node.Operator == "Shape" || Enumerable.Range(0, node.Node.Inputs.Length).All(i => !node.Has(i) || node.Constant(i) is not null);
        return known ? entry(node, output, value.Shape) : null;
    }
}
