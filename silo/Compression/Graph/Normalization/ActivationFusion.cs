namespace Distributed.Compression.Graph;

/// <summary>Makes one node of an activation that an exporter has spelled out: HardSwish, and in operator sets that have them GELU and SiLU.</summary>
internal static class ActivationFusion
{
    private const int FirstWithGelu = 20;
    private const int FirstWithSwish = 24;

    /// <summary>The network with such nodes; what they replace is left to <see cref="DeadCode"/>.</summary>
    public static Network Apply(Network network)
    {
        var search = new PatternSearch(network);
        return network with { Nodes = [.. network.Nodes.Select(node => node.Operator is "Mul" or "Div" ? Fused(node, network.Opset, search) : node)] };
    }

    private static Node Fused(Node node, int opset, PatternSearch search)
    {
        foreach (var (factors, number) in search.Products(node.Output))
        {
            if (factors is not [var a, var b]) continue;
            foreach (var (x, gate) in ((string, string)[])[(a, b), (b, a)])
            {
                string? operation = IsHardSwish(search, x, gate, number) ? "HardSwish"
                    : opset >= FirstWithGelu && IsGelu(search, x, gate, number) ? "Gelu"
                    : opset >= FirstWithSwish && number == 1 && search.Producer(gate, "Sigmoid")?.Inputs[0] == x ? "Swish"
                    : null;
                if (operation is not null) return node with { Operator = operation, Inputs = [x], Attributes = Attributes.Empty };
            }
        }

        return node;
    }

    /// <summary>x · clip(x + 3, 0, 6) / 6, or x · HardSigmoid(x) with a slope of 1/6.</summary>
    private static bool IsHardSwish(PatternSearch search, string x, string gate, double number)
    {
        if (search.Producer(gate, "HardSigmoid") is { } sigmoid)
        {
            return number == 1 && sigmoid.Inputs[0] == x && PatternSearch.IsClose(sigmoid.Attributes.Real("alpha", 0.2), 1 / 6.0)
                && PatternSearch.IsClose(sigmoid.Attributes.Real("beta", 0.5), 0.5);
        }

        return PatternSearch.IsClose(number, 1 / 6.0) && search.Producer(gate, "Clip") is { Inputs: [var shifted, var low, var high] }
            && search.Number(low) == 0 && search.Is(high, 6) && search.AddedTo(shifted, 3) == x;
    }

    /// <summary>x · (1 + erf(x / √2)) / 2.</summary>
    private static bool IsGelu(PatternSearch search, string x, string gate, double number) =>
        PatternSearch.IsClose(number, 0.5) && search.AddedTo(gate, 1) is { } inner && search.Producer(inner, "Erf") is { } erf
        && search.Products(erf.Inputs[0]).Any(product => product.Factors is [var scaled] && scaled == x && PatternSearch.IsClose(product.Number, Math.Sqrt(0.5)));
}
