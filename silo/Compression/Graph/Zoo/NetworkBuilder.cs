using System.Collections.Immutable;
using Distributed.Sweeps;

namespace Distributed.Compression.Graph;

/// <summary>Builds a network operator by operator; every call adds a node and gives the name of its value, so that calls nest.</summary>
/// <remarks>Weights are drawn from a stream of their own each: the same seed and names give the same weights, whatever else is built.</remarks>
internal sealed class NetworkBuilder(string name, ulong seed, int opset = 17)
{
    private readonly List<Node> _nodes = [];
    private readonly List<ValueInfo> _inputs = [];
    private readonly Dictionary<string, InferredValue> _values = new(StringComparer.Ordinal);
    private readonly ImmutableDictionary<string, Tensor>.Builder _initializers = ImmutableDictionary.CreateBuilder<string, Tensor>(StringComparer.Ordinal);

    /// <summary>A value's shape for one input.</summary>
    public ImmutableArray<int> Shape(string value) => _values[value].Shape;

    /// <summary>The version of the operator set.</summary>
    public int Opset => opset;

    /// <summary>The network's input; the batch is added in front.</summary>
    public string Input(params ReadOnlySpan<int> shape) => Input(ElementType.Float, shape);

    /// <summary>The network's input of other elements than floats.</summary>
    public string Input(ElementType type, params ReadOnlySpan<int> shape)
    {
        _inputs.Add(new("input", type, [-1, .. shape]));
        _values["input"] = new([1, .. shape], type);
        return "input";
    }

    /// <summary>A constant of floats or whole numbers.</summary>
    public string Constant(string constant, Tensor value)
    {
        _initializers.Add(constant, value);
        _values[constant] = new(value.Shape, value.Type, value);
        return constant;
    }

    /// <summary>A vector of whole numbers.</summary>
    public string Integers(string constant, params long[] values) => Constant(constant, new IntegerTensor([values.Length], values));

    /// <summary>A single float.</summary>
    public string Scalar(string constant, float value) => Constant(constant, new FloatTensor([], [value]));

    /// <summary>A vector with one value throughout.</summary>
    public string Vector(string constant, int length, float value)
    {
        float[] data = new float[length];
        Array.Fill(data, value);
        return Constant(constant, new FloatTensor([length], data));
    }

    /// <summary>Normal weights of standard deviation gain / √(fan in).</summary>
    public string Weights(string constant, ImmutableArray<int> shape, int fanIn, double gain)
    {
        var random = new SeededRandom(seed, $"zoo/{name}/{constant}");
        double deviation = gain / Math.Sqrt(fanIn);
        float[] data = new float[Tensor.Count(shape)];
        for (int i = 0; i < data.Length; i++) data[i] = (float)(deviation * random.NextNormal());
        return Constant(constant, new FloatTensor(shape, data));
    }

    /// <summary>Any operator with one output, which gets the node's name.</summary>
    public string Add(string operation, string node, ReadOnlySpan<string> inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var all = Attributes.Empty;
        foreach (var (attribute, value) in attributes) all = all.With(attribute, value);
        return AddNode(new() { Name = node, Operator = operation, Inputs = [.. inputs], Outputs = [node], Attributes = all })[0];
    }

    /// <summary>Any operator; gives the names of its outputs.</summary>
    public ImmutableArray<string> AddNode(Node node)
    {
        ShapeInference.Infer(node, opset, _values);
        _nodes.Add(node);
        return node.Outputs;
    }

    /// <summary>The network whose one output is the value given, called "logits".</summary>
    public Network Build(string output)
    {
        ImmutableArray<Node> nodes = [.. _nodes.Select(node => node with
        {
            Outputs = [.. node.Outputs.Select(Final)],
            Inputs = [.. node.Inputs.Select(Final)],
        })];
        string Final(string value) => value == output ? "logits" : value;
        return new()
        {
            Name = name,
            Opset = opset,
            Inputs = [.. _inputs],
            Outputs = [new("logits", ElementType.Float, [-1, .. Shape(output)[1..]])],
            Nodes = nodes,
            Initializers = _initializers.ToImmutable(),
        };
    }
}
