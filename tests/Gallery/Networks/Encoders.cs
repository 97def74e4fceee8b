using Distributed.Compression.Graph;

namespace Distributed.Gallery;

/// <summary>Transformer encoders: patches of an image, or tokens of a text.</summary>
internal static class Encoders
{
    /// <summary>Token numbers are below this; 0 is the padding.</summary>
    public const int Vocabulary = 40;

    private const int Features = 24;
    private const int Heads = 3;
    private const int Hidden = 36;
    private const int Length = 12;

    /// <summary>A class token that is stretched over the batch, one block, the token's features (Dosovitskiy et al. 2021).</summary>
    public static string VisionTransformer(NetworkBuilder net, bool packed)
    {
        string image = net.Input(3, GalleryNetworks.Size, GalleryNetworks.Size);
        string x = net.Conv("patches", image, Features, 4, stride: 4, bias: true);
        x = net.Transpose("tokens", net.ReshapeOpen("patches.flat", x, Features, 16), 0, 2, 1);
        string shape = net.Add("Concat", "class.shape", [net.Dimension("class.batch", image, 0), net.Integers("class.rest", 1, Features)], ("axis", 0L));
        string token = net.Weights("class.token", [1, 1, Features], 1, 1);
        string stretched = net.Opset >= 8 ? net.Add("Expand", "class", [token, shape]) : Stretched(net, token, x);
        x = net.Add("Concat", "sequence", [stretched, x], ("axis", 1L));
        x = net.Add("Add", "positions", [x, net.Weights("positions.embedding", [1, 17, Features], 1, 0.5)]);
        x = Block(net, "block", x, packed, mask: null);
        string first = net.Add("Gather", "first", [net.LayerNorm("norm", x), net.Constant("first.place", new IntegerTensor([], [0]))], ("axis", 1L));
        return net.Dense("head", first, GalleryNetworks.Classes);
    }

    /// <summary>Embeddings of tokens and positions, padding masked by Where, the first token's features through Tanh (Devlin et al. 2019).</summary>
    public static string Bert(NetworkBuilder net)
    {
        string tokens = net.Input(ElementType.Int64, Length);
        string x = net.Add("Gather", "embedded", [net.Weights("embedding", [Vocabulary, Features], 1, 1), tokens], ("axis", 0L));
        string positions = net.Add("Gather", "positions", [net.Weights("positions.embedding", [32, Features], 1, 0.5), net.Integers("positions.places", [.. Enumerable.Range(0, Length).Select(i => (long)i)])], ("axis", 0L));
        x = net.LayerNorm("embedded.norm", net.Add("Add", "sum", [x, positions]), 1e-12);
        for (int i = 0; i < 2; i++) x = Block(net, Invariant($"layer{i}"), x, packed: i == 1, Mask(net, Invariant($"layer{i}.mask"), tokens));
        string first = net.Add("Gather", "first", [x, net.Constant("first.place", new IntegerTensor([], [0]))], ("axis", 1L));
        return net.Dense("head", net.Add("Tanh", "pooled", [net.Dense("pooler", first, Features)]), GalleryNetworks.Classes);
    }

    /// <summary>0 for words and a large negative number for padding, N×1×1×T.</summary>
    private static string Mask(NetworkBuilder net, string name, string tokens)
    {
        string padding = net.Add("Equal", $"{name}.padding", [tokens, net.Constant($"{name}.zero", new IntegerTensor([], [0]))]);
        string choice = net.Opset >= 9
            ? net.Add("Where", $"{name}.choice", [padding, net.Scalar($"{name}.low", -1e4f), net.Scalar($"{name}.none", 0)])
            : net.With("Mul", $"{name}.choice", net.Add("Cast", $"{name}.real", [padding], ("to", 1L)), -1e4f);
        return net.OverAxes("Unsqueeze", name, choice, since: 13, [1, 2]);
    }

    private static string Block(NetworkBuilder net, string name, string x, bool packed, string? mask)
    {
        string y = net.LayerNorm($"{name}.norm1", x);
        y = packed ? Packed(net, $"{name}.attention", y, mask) : Separate(net, $"{name}.attention", y, mask);
        x = net.Add("Add", $"{name}.attended", [x, y]);
        y = net.Gelu($"{name}.gelu", net.Linear($"{name}.first", net.LayerNorm($"{name}.norm2", x), Hidden));
        return net.Add("Add", name, [net.Linear($"{name}.second", y, Features), x]);
    }

    /// <summary>Query, key and value by a matrix each.</summary>
    private static string Separate(NetworkBuilder net, string name, string x, string? mask)
    {
        string Part(string part, params long[] order) =>
            net.Transpose($"{name}.{part}.heads", net.Add("Reshape", $"{name}.{part}.apart", [net.Linear($"{name}.{part}", x, Features), net.Integers($"{name}.{part}.shape", 0, 0, Heads, Features / Heads)]), order);
        return Attend(net, name, Part("query", 0, 2, 1, 3), Part("key", 0, 2, 3, 1), Part("value", 0, 2, 1, 3), mask);
    }

    /// <summary>Query, key and value by one matrix: Reshape to N×T×3×H×D, Transpose to 3×N×H×T×D, then picked.</summary>
    private static string Packed(NetworkBuilder net, string name, string x, string? mask)
    {
        int length = net.Shape(x)[1];
        string all = net.ReshapeOpen($"{name}.apart", net.Linear($"{name}.qkv", x, 3 * Features), length, 3, Heads, Features / Heads);
        all = net.Transpose($"{name}.moved", all, 2, 0, 3, 1, 4);
        string Pick(string part, long place) => net.Add("Gather", $"{name}.{part}", [all, net.Constant($"{name}.{part}.place", new IntegerTensor([], [place]))], ("axis", 0L));
        return Attend(net, name, Pick("query", 0), net.Transpose($"{name}.key.turned", Pick("key", 1), 0, 1, 3, 2), Pick("value", 2), mask);
    }

    private static string Attend(NetworkBuilder net, string name, string query, string key, string value, string? mask)
    {
        int length = net.Shape(query)[2];
        string scores = net.With("Div", $"{name}.scaled", net.Add("MatMul", $"{name}.scores", [query, key]), MathF.Sqrt(Features / Heads));
        if (mask is not null) scores = net.Add("Add", $"{name}.masked", [scores, mask]);
        string mixed = net.Add("MatMul", $"{name}.mixed", [net.Add("Softmax", $"{name}.weights", [scores], ("axis", 3L)), value]);
        string joined = net.ReshapeOpen($"{name}.joined", net.Transpose($"{name}.back", mixed, 0, 2, 1, 3), length, Features);
        return net.Linear($"{name}.project", joined, Features);
    }

    /// <summary>Before Expand, a token was added to zeros of the right size.</summary>
    private static string Stretched(NetworkBuilder net, string token, string x) =>
        net.Add("Add", "class", [net.With("Mul", "class.zeros", net.OverAxes("ReduceSum", "class.sum", x, since: 13, [1], ("keepdims", 1L)), 0), token]);
}
