using Distributed.Compression.Graph;

namespace Distributed.Compression.Quantization;

/// <summary>Writes a network on its grids as ONNX with QuantizeLinear and DequantizeLinear, in the layout that ONNX Runtime turns into integer kernels.</summary>
/// <remarks>
/// What makes it fast: every integer operator stands between a DequantizeLinear for each input and one QuantizeLinear, with nothing else
/// reading what lies between; weights are int8 with one scale a channel, biases int32 with scale activation · weight; a ReLU is the
/// rounding itself where its grid begins at zero, and a Clip of bytes where a concatenation ties it to a grid that goes on below;
/// movement (pools, pads, slices, concatenations) runs on the bytes.
/// </remarks>
internal sealed class QdqExport
{
    private readonly QuantizationScheme _scheme;
    private readonly IReadOnlyDictionary<string, ActivationGrid> _grids;
    private readonly Func<string, WeightRounding> _rounding;
    private readonly Network _network;
    private readonly NetworkEdit _edit;
    private readonly HashSet<string> _floats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _integers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _dequantized = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);

    private QdqExport(QuantizationGrids grids)
    {
        (_scheme, _grids, _rounding, _network) = (grids.Scheme, grids.Grids, grids.Rounding, grids.Scheme.Network);
        _edit = new(_network);
        _floats.UnionWith(_network.Inputs.Select(input => input.Name));
    }

    /// <summary>The quantised network; it computes what the fake-quantised one does, up to rounding of the last bit.</summary>
    public static Network Write(QuantizationGrids grids)
    {
        var export = new QdqExport(grids);
        foreach (var node in export._network.Nodes) export.Add(node);
        foreach (var output in export._network.Outputs) export.Float(output.Name);
        return DeadCode.Apply(export._edit.Done());
    }

    private void Add(Node node)
    {
        switch (_scheme[node])
        {
            case NodeTreatment.Weighted: Quantized(node with { Inputs = Weighted(node) }); break;
            case NodeTreatment.Computing: Quantized(node with { Inputs = [.. node.Inputs.Select(Dequantized)] }); break;
            case NodeTreatment.Moving: Moved(node); break;
            case NodeTreatment.Absorbed: break;
            case NodeTreatment.WeightedToFloat: Plain(node with { Inputs = Weighted(node) }); break;
            default: Plain(node with { Inputs = [.. node.Inputs.Select(input => _network.Initializers.ContainsKey(input) || input.Length == 0 ? input : Float(input))] }); break;
        }
    }

    private void Plain(Node node)
    {
        _edit.Nodes.Add(node);
        _floats.UnionWith(node.Outputs);
    }

    /// <summary>A node and the QuantizeLinear that alone reads it.</summary>
    private void Quantized(Node node)
    {
        string value = _scheme.Written(node), raw = _edit.Fresh($"{value}.f");
        _edit.Nodes.Add(node with { Outputs = [raw] });
        Quantize(raw, value);
        Bound(value, _scheme.Bounds(node));
    }

    /// <summary>Cuts bytes that an activation does not let through, where the grid's ends do not. Rounding is monotonic, so that this is the rounded activation.</summary>
    private void Bound(string value, ValueRange bounds)
    {
        var grid = _grids[value];
        (byte low, byte high) = (grid.Level((float)bounds.Low), grid.Level((float)bounds.High));
        if ((low, high) == (byte.MinValue, byte.MaxValue)) return;
        string bytes = _integers[value], cut = _integers[value] = _edit.Fresh($"{value}.q");
        string[] inputs = high == byte.MaxValue ? [bytes, Byte(low)] : [bytes, Byte(low), Byte(high)];
        _edit.Nodes.Add(new() { Name = cut, Operator = "Clip", Inputs = [.. inputs], Outputs = [cut] });
    }

    private void Quantize(string raw, string value)
    {
        string integers = _integers[value] = _edit.Fresh($"{value}.q");
        _edit.Nodes.Add(new() { Name = integers, Operator = "QuantizeLinear", Inputs = [raw, Scale(_grids[value]), ZeroPoint(_grids[value])], Outputs = [integers] });
    }

    /// <summary>The same node on bytes.</summary>
    private void Moved(Node node)
    {
        string[] inputs = [.. node.Inputs];
        foreach (int input in _scheme.Activations(node)) inputs[input] = Integers(node.Inputs[input]);
        string zero = ZeroPoint(_grids[node.Inputs[0]]);
        if (node.Operator == "Pad") inputs = [inputs[0], inputs[1], zero, .. inputs.Skip(3)];
        var moved = node with { Inputs = [.. inputs], Outputs = [.. node.Outputs.Select(output => _integers[output] = _edit.Fresh($"{output}.q"))] };
        _edit.Nodes.Add(node.Operator == "Relu" ? moved with { Operator = "Clip", Inputs = [inputs[0], zero] } : moved);
    }

    private System.Collections.Immutable.ImmutableArray<string> Weighted(Node node)
    {
        var weights = _network.Floats(node.Inputs[1]);
        float inputScale = _grids[node.Inputs[0]].Scale;
        float[]? bias = node.Input(2) is { } name ? _network.Floats(name).Data : null;
        int axis = OutputAxis(node);
        if (bias?.Length != weights.Shape[axis] && bias is not null) bias = [.. Enumerable.Range(0, weights.Shape[axis]).Select(i => bias[i % bias.Length])];
        var grid = WeightGrid.Of(weights, axis, bias, inputScale, _rounding(node.Inputs[1]));
        string quantized = DequantizedConstant(node.Inputs[1], grid.Quantize(weights), grid.Scales, axis);
        if (bias is null) return [Dequantized(node.Inputs[0]), quantized];
        var (scales, levels) = grid.QuantizeBias(bias, inputScale);
        return [Dequantized(node.Inputs[0]), quantized, DequantizedConstant(node.Inputs[2], levels, scales, 0)];
    }

    /// <summary>The axis of output channels of a node's weights.</summary>
    public static int OutputAxis(Node node) => node.Operator switch
    {
        "MatMul" => 1,
        "Gemm" => node.Attributes.Integer("transB", 0) != 0 ? 0 : 1,
        _ => 0,
    };

    private string DequantizedConstant(string name, IntegerTensor levels, float[] scales, int axis)
    {
        string stored = _edit.Constant($"{name}.q", levels), value = _edit.Fresh($"{name}.dq");
        string scale = _edit.Constant($"{name}.s", new FloatTensor([scales.Length], scales));
        string zero = Shared(Invariant($"zeros.{levels.Type}.{scales.Length}"), "zeros", new IntegerTensor([scales.Length], new long[scales.Length], levels.Type));
        _edit.Nodes.Add(new() { Name = value, Operator = "DequantizeLinear", Inputs = [stored, scale, zero], Outputs = [value], Attributes = Attributes.Empty.With("axis", (long)axis) });
        return value;
    }

    /// <summary>An activation's bytes, quantised here where only floats are at hand.</summary>
    private string Integers(string value)
    {
        if (!_integers.ContainsKey(value)) Quantize(value, value);
        return _integers[value];
    }

    private string Dequantized(string value)
    {
        if (_dequantized.TryGetValue(value, out string? known)) return known;
        string integers = Integers(value), name = _dequantized[value] = _floats.Contains(value) ? _edit.Fresh($"{value}.dq") : value;
        _edit.Nodes.Add(new() { Name = _edit.Fresh($"{value}.dq"), Operator = "DequantizeLinear", Inputs = [integers, Scale(_grids[value]), ZeroPoint(_grids[value])], Outputs = [name] });
        return name;
    }

    private string Float(string value) => _floats.Contains(value) ? value : Dequantized(value);

    private string Scale(ActivationGrid grid) => Shared(Invariant($"scale.{grid.Scale:r}"), "scale", new FloatTensor([], [grid.Scale]));

    private string ZeroPoint(ActivationGrid grid) => Byte(grid.ZeroPoint, "zero");

    private string Byte(byte level, string stem = "level") => Shared(Invariant($"{stem}.{level}"), stem, new IntegerTensor([], [level], ElementType.UInt8));

    private string Shared(string key, string stem, Tensor constant)
    {
        if (!_constants.TryGetValue(key, out string? name)) name = _constants[key] = _edit.Constant(stem, constant);
        return name;
    }
}
