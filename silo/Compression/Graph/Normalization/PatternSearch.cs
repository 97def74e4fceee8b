namespace Distributed.Compression.Graph;

/// <summary>Looks backwards from a node for what an exporter has spelled out. What is found stays where other nodes read it.</summary>
internal sealed class PatternSearch
{
    private const double Closeness = 1e-5;
    private const int DeepestProduct = 3;

    private readonly Network _network;
    private readonly Dictionary<string, Node> _producers = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyDictionary<string, InferredValue>> _values;

    public PatternSearch(Network network)
    {
        _network = network;
        _values = new(() => ShapeInference.Values(network, 1));
        foreach (var node in network.Nodes)
        {
            foreach (string output in node.Outputs) _producers[output] = node;
        }
    }

    /// <summary>The node that gives a value, where it is of an operator.</summary>
    public Node? Producer(string value, string operation) => _producers.GetValueOrDefault(value) is { } node && node.Operator == operation ? node : null;

    /// <summary>The node as the rules of shapes see it.</summary>
    public NodeInference Inference(Node node) => new(node, _network.Opset, _values.Value);

    /// <summary>A value's constant of floats, or null.</summary>
    public FloatTensor? Floats(string value) => _network.Initializers.GetValueOrDefault(value) as FloatTensor;

    /// <summary>The single float that a value is, or null.</summary>
    public double? Number(string value) => Floats(value) is { Length: 1 } single ? single.Data[0] : null;

    /// <summary>Whether a value is the number given, but for rounding.</summary>
    public bool Is(string value, double number) => Number(value) is { } found && IsClose(found, number);

    /// <summary>Whether two numbers are alike, but for rounding.</summary>
    public static bool IsClose(double found, double number) => Math.Abs(found - number) <= Closeness * Math.Max(1e-3, Math.Abs(number));

    /// <summary>What a number is added to by the node that gives a value, or null.</summary>
    public string? AddedTo(string value, double number)
    {
        if (Producer(value, "Add") is not { Inputs: [var a, var b] }) return null;
        return Is(b, number) ? a : Is(a, number) ? b : null;
    }

    /// <summary>The ways to read a value as a product: its factors and a number. Factors are split as far as a pattern may need.</summary>
    public IEnumerable<(string[] Factors, double Number)> Products(string value) => Products(value, 0);

    private IEnumerable<(string[] Factors, double Number)> Products(string value, int depth)
    {
        if (Number(value) is { } number)
        {
            yield return ([], number);
            yield break;
        }

        yield return ([value], 1);
        if (depth == DeepestProduct) yield break;
        if (Producer(value, "Div") is { Inputs: [var dividend, var divisor] } && Number(divisor) is { } by && by != 0)
        {
            foreach (var (factors, rest) in Products(dividend, depth + 1)) yield return (factors, rest / by);
        }

        if (Producer(value, "Mul") is not { Inputs: [var left, var right] }) yield break;
        foreach (var (first, one) in Products(left, depth + 1))
        {
            foreach (var (second, another) in Products(right, depth + 1)) yield return ([.. first, .. second], one * another);
        }
    }
}
