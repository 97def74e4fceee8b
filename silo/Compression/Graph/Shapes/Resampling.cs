namespace Distributed.Compression.Graph;

/// <summary>Which elements of an axis a resized element is made of. Every mode of Resize treats the axes one by one.</summary>
/// <remarks>
/// o: an element of the result, x: where it lies among the n elements before, s: the scale. A filter f weighs the element i by f((i − x) · min(s, 1))
/// with antialiasing, by f(i − x) without: f(d) = max(0, 1 − |d|) is linear, Keys' cubic convolution (1981) with the coefficient a is cubic.
/// </remarks>
internal sealed class Resampling
{
    private readonly NodeInference _node;
    private readonly ResizedAxis _axis;
    private readonly string _coordinates;
    private readonly double _start;
    private readonly double _end;

    /// <param name="node">A Resize node; its region of interest, where it needs one, is a constant.</param>
    /// <param name="index">The place of the axis among those that the node names.</param>
    /// <param name="count">How many it names.</param>
    /// <param name="axis">The axis.</param>
    public Resampling(NodeInference node, int index, int count, ResizedAxis axis)
    {
        (_node, _axis) = (node, axis);
        _coordinates = node.Node.Attributes.Text("coordinate_transformation_mode", "half_pixel");
        if (_coordinates != "tf_crop_and_resize") return;
        float[] region = node.Floats(1);
        if (region.Length != 2 * count) throw node.Error("the region of interest does not fit the axes");
        (_start, _end) = (region[index], region[index + count]);
    }

    /// <summary>Whether single elements are picked.</summary>
    public bool PicksNearest => _node.Node.Attributes.Text("mode", "nearest") == "nearest";

    /// <summary>The element that each element of the result is.</summary>
    public int[] Nearest() => [.. Enumerable.Range(0, _axis.Size).Select(o => (int)Math.Clamp(Rounded(Place(o)), 0, _axis.From - 1))];

    /// <summary>The weights of all elements (columns) in each element of the result (rows), row-major.</summary>
    public float[] Weights()
    {
        float[] weights = new float[checked(_axis.Size * _axis.From)];
        for (int o = 0; o < _axis.Size; o++) Weigh(Place(o), weights.AsSpan(o * _axis.From, _axis.From));
        return weights;
    }

    /// <summary>For each element of the result, whether it lies outside the image and is extrapolated; null where none can.</summary>
    public bool[]? Outside() => _coordinates != "tf_crop_and_resize"
        ? null
        : [.. Enumerable.Range(0, _axis.Size).Select(o => Place(o) is var x && (x < 0 || x > _axis.From - 1))];

    private double Place(int o)
    {
        double length = _axis.Scale * _axis.From;
        return _coordinates switch
        {
            "half_pixel" => ((o + 0.5) / _axis.Scale) - 0.5,
            "half_pixel_symmetric" => (_axis.From / 2.0 * (1 - (_axis.Size / length))) + ((o + 0.5) / _axis.Scale) - 0.5,
            "pytorch_half_pixel" => _axis.Size > 1 ? ((o + 0.5) / _axis.Scale) - 0.5 : 0,
            "asymmetric" => o / _axis.Scale,
            "align_corners" => _axis.Size > 1 ? o * (_axis.From - 1) / (length - 1) : 0,
            "tf_crop_and_resize" => _axis.Size > 1
                ? (_start * (_axis.From - 1)) + (o * (_end - _start) * (_axis.From - 1) / (_axis.Size - 1))
                : 0.5 * (_start + _end) * (_axis.From - 1),
            var other => throw _node.Error($"its coordinates are '{other}'"),
        };
    }

    private double Rounded(double x) => _node.Node.Attributes.Text("nearest_mode", "round_prefer_floor") switch
    {
        "round_prefer_floor" => Math.Ceiling(x - 0.5),
        "round_prefer_ceil" => Math.Floor(x + 0.5),
        "floor" => Math.Floor(x),
        "ceil" => Math.Ceiling(x),
        var other => throw _node.Error($"it rounds by '{other}'"),
    };

    private void Weigh(double x, Span<float> weights)
    {
        string mode = _node.Node.Attributes.Text("mode", "nearest");
        bool excludes = _node.Node.Attributes.Integer("exclude_outside", 0) != 0;
        double scale = _node.Node.Attributes.Integer("antialias", 0) != 0 ? Math.Min(1, _axis.Scale) : 1;
        double reach = (mode == "cubic" ? 2 : 1) / scale;
        (int first, int last) = ((int)Math.Ceiling(x - reach), (int)Math.Floor(x + reach));
        double sum = 0;
        for (int i = first; i <= last; i++)
        {
            if (!excludes || (i >= 0 && i < weights.Length)) sum += Filter(mode, (i - x) * scale);
        }

        for (int i = first; i <= last; i++)
        {
            if (!excludes || (i >= 0 && i < weights.Length))
                weights[Math.Clamp(i, 0, weights.Length - 1)] += (float)(Filter(mode, (i - x) * scale) / sum);
        }
    }

    private double Filter(string mode, double distance)
    {
        double d = Math.Abs(distance);
        if (mode == "linear") return Math.Max(0, 1 - d);
        if (mode != "cubic") throw _node.Error($"its mode is '{mode}'");
        double a = _node.Node.Attributes.Real("cubic_coeff_a", -0.75);
        return d switch
        {
            <= 1 => ((((a + 2) * d) - (a + 3)) * d * d) + 1,
            < 2 => (((((a * d) - (5 * a)) * d) + (8 * a)) * d) - (4 * a),
            _ => 0,
        };
    }
}
