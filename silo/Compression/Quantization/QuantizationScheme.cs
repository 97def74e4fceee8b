using Distributed.Compression.Graph;

namespace Distributed.Compression.Quantization;

/// <summary>Which nodes of a network run on 8 bits, and which activations share a grid. No numbers yet.</summary>
/// <remarks>
/// Nodes are judged in order, so that what an operator becomes depends on what feeds it: convolutions and matrix products by constant
/// weights always run on integers; arithmetic does when an operand is in 8 bits already; movement follows its input. What is left between
/// them stays in floats and costs two conversions: <see cref="Islands"/> names it.
/// </remarks>
internal sealed class QuantizationScheme
{
    private static readonly string[] Computing = ["Add", "Mul", "AveragePool", "GlobalAveragePool", "Sigmoid", "LeakyRelu"];

    private static readonly string[] Moving =
        ["Concat", "Expand", "Flatten", "Gather", "Identity", "MaxPool", "Pad", "Relu", "Reshape", "Slice", "Split", "Squeeze", "Tile", "Transpose", "Unsqueeze"];

    private readonly Dictionary<string, NodeTreatment> _treatments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _parents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _integer = new(StringComparer.Ordinal);
    private readonly ILookup<string, Node> _readers;
    private readonly IReadOnlyDictionary<string, InferredValue> _values;

    /// <param name="network">In the form of <see cref="QuantizationForm"/>.</param>
    public QuantizationScheme(Network network)
    {
        Network = network;
        _values = ShapeInference.Values(network, 1);
        _readers = network.Nodes.SelectMany(node => node.Inputs.Distinct().Select(input => (input, node))).ToLookup(pair => pair.input, pair => pair.node, StringComparer.Ordinal);
        foreach (var node in network.Nodes)
        {
            if (!_treatments.ContainsKey(node.Name)) Treat(node);
        }
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>What becomes of a node.</summary>
    public NodeTreatment this[Node node] => _treatments.GetValueOrDefault(node.Name);

    /// <summary>Nodes that compute in floats between others that do not; where there are any, 8 bits may bring no speed.</summary>
    public IReadOnlyList<string> Islands
    {
        get
        {
            var behind = new HashSet<string>(_integer, StringComparer.Ordinal);
            var islands = new List<Node>();
            foreach (var node in Network.Nodes.Where(node => this[node] is NodeTreatment.Float or NodeTreatment.WeightedToFloat && node.Inputs.Any(behind.Contains)))
            {
                behind.UnionWith(node.Outputs);
                if (this[node] == NodeTreatment.Float) islands.Add(node);
            }

            var wanted = new HashSet<string>(_parents.Keys, StringComparer.Ordinal);
            foreach (var node in Network.Nodes.Reverse().Where(node => node.Outputs.Any(wanted.Contains))) wanted.UnionWith(node.Inputs);
            return [.. islands.Where(node => node.Outputs.Any(wanted.Contains)).Select(node => node.Name)];
        }
    }

    /// <summary>Activations that are written or read in 8 bits, each with the one that names their grid.</summary>
    public IReadOnlyDictionary<string, string> Grids => _parents.Keys.ToDictionary(value => value, Root, StringComparer.Ordinal);

    /// <summary>Activations whose values decide their grid; those that are only moved have no values of their own.</summary>
    public IEnumerable<string> Observed => _parents.Keys.Where(value =>
        !Network.Nodes.Any(node => node.Outputs.Contains(value) && this[node] == NodeTreatment.Moving));

    /// <summary>Whether an activation exists in 8 bits alone; others are rounded where they are read.</summary>
    public bool IsWritten(string value) => _integer.Contains(value);

    /// <summary>The value that a node writes once what follows is absorbed into its grid.</summary>
    public string Written(Node node) => AbsorbedBy(node)?.Output ?? node.Output;

    /// <summary>What is left of a node's value by the activation that is absorbed into its grid; infinite where there is none.</summary>
    public ValueRange Bounds(Node node) => AbsorbedBy(node) is { } activation
        ? new(0, Bound(activation, "max", 2) ?? double.PositiveInfinity)
        : new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Which inputs of a node are activations in 8 bits.</summary>
    public IEnumerable<int> Activations(Node node) => this[node] switch
    {
        NodeTreatment.Weighted or NodeTreatment.WeightedToFloat => [0],
        NodeTreatment.Computing => Enumerable.Range(0, node.Inputs.Length),
        NodeTreatment.Moving => node.Operator == "Concat" ? Enumerable.Range(0, node.Inputs.Length) : [0],
        _ => [],
    };

    private void Treat(Node node)
    {
        var treatment = _treatments[node.Name] = TreatmentOf(node);
        foreach (int input in Activations(node)) Root(node.Inputs[input]);
        switch (treatment)
        {
            case NodeTreatment.Weighted or NodeTreatment.Computing:
                if (Absorbable(node) is { } activation) _treatments[activation.Name] = NodeTreatment.Absorbed;
                Write(Written(node));
                break;
            case NodeTreatment.Moving:
                foreach (string output in node.Outputs) Write(output);
                foreach (string value in Activations(node).Select(input => node.Inputs[input]).Concat(node.Outputs)) Tie(value, node.Inputs[0]);
                break;
        }
    }

    private void Write(string value)
    {
        _integer.Add(value);
        Root(value);
    }

    private NodeTreatment TreatmentOf(Node node)
    {
        if (IsWeighted(node)) return node.Operator != "Conv" && OnlyFloatsWanted(node.Output) ? NodeTreatment.WeightedToFloat : NodeTreatment.Weighted;
        if (Computing.Contains(node.Operator) && node.Inputs.All(IsActivation) && node.Inputs.Any(_integer.Contains)) return NodeTreatment.Computing;
        if (Moving.Contains(node.Operator) && _integer.Contains(node.Inputs[0]) && Movable(node)) return NodeTreatment.Moving;
        return NodeTreatment.Float;
    }

    private bool IsWeighted(Node node) => node.Operator is "Conv" or "Gemm" or "MatMul"
        && IsActivation(node.Inputs[0])
        && Network.Initializers.GetValueOrDefault(node.Inputs[1]) is FloatTensor weights
        && (node.Input(2) is not { } bias || Network.Initializers.ContainsKey(bias))
        && node.Operator switch
        {
            "Gemm" => node.Attributes.Real("alpha", 1) == 1 && node.Attributes.Real("beta", 1) == 1 && node.Attributes.Integer("transA", 0) == 0,
            "MatMul" => weights.Shape.Length == 2,
            _ => true,
        };

    private bool Movable(Node node) => node.Operator switch
    {
        "Concat" => node.Inputs.All(IsActivation),
        "Pad" => node.Attributes.Text("mode", "constant") != "constant" || Padding(node) == 0,
        _ => node.Outputs.All(output => output.Length > 0) && (node.Operator != "MaxPool" || node.Outputs.Length == 1),
    };

    private double Padding(Node node) => node.Input(2) is { } value ? (_values[value].Constant as FloatTensor)?.Data[0] ?? double.NaN : node.Attributes.Real("value", 0);

    private bool IsActivation(string value) => value.Length > 0 && _values[value] is { Type: ElementType.Float, Constant: null };

    private bool IsConstant(string? value) => value is null || _values[value].Constant is FloatTensor;

    private bool IsOutput(string value) => Network.Outputs.Any(output => output.Name == value);

    /// <summary>Whether nothing that follows could read 8 bits.</summary>
    private bool OnlyFloatsWanted(string value) => _readers[value].All(reader => !IsWeighted(reader) && !(Computing.Contains(reader.Operator) && reader.Inputs.All(IsActivation))
        && reader.Operator is not ("Relu" or "Clip") && !Moving.Contains(reader.Operator));

    private Node? Absorbable(Node node)
    {
        if (IsOutput(node.Output) || _readers[node.Output].Count() != 1) return null;
        var reader = _readers[node.Output].First();
        return reader.Operator == "Relu" || (reader.Operator == "Clip" && Bound(reader, "min", 1) == 0 && IsConstant(reader.Input(2))) ? reader : null;
    }

    private Node? AbsorbedBy(Node node) => _readers[node.Output].FirstOrDefault(reader => this[reader] == NodeTreatment.Absorbed);

    private double? Bound(Node node, string name, int input) => node.Input(input) is { } value
        ? (_values[value].Constant as FloatTensor)?.Data[0]
        : node.Attributes.Has(name) ? node.Attributes.Real(name, 0) : null;

    private string Root(string value)
    {
        if (!_parents.TryGetValue(value, out string? parent)) return _parents[value] = value;
        return parent == value ? value : Root(parent);
    }

    private void Tie(string a, string b)
    {
        (string first, string second) = (Root(a), Root(b));
        if (first != second) _parents[first] = second;
    }
}
