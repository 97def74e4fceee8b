using Distributed.Compression.Graph;

namespace Distributed.Compression.Tests.Grouping;

/// <summary>Attention as exporters write it, over tokens [N, T, features].</summary>
internal static class Attention
{
    /// <summary>[N, C, H, W] → [N, H · W, C].</summary>
    public static string Tokens(NetworkBuilder net, string name, string image)
    {
        string flat = net.Add("Reshape", $"{name}.flat", [image, net.Integers($"{name}.flat.shape", 0, net.Shape(image)[1], -1)]);
        return net.Add("Transpose", name, [flat], ("perm", new long[] { 0, 2, 1 }));
    }

    /// <summary>[N, H · W, C] → [N, C, H, W].</summary>
    public static string Image(NetworkBuilder net, string name, string tokens, int side)
    {
        string turned = net.Add("Transpose", $"{name}.turned", [tokens], ("perm", new long[] { 0, 2, 1 }));
        return net.Add("Reshape", name, [turned, net.Integers($"{name}.shape", 0, net.Shape(tokens)[2], side, side)]);
    }

    public static string Linear(NetworkBuilder net, string name, string input, int width)
    {
        int features = net.Shape(input)[^1];
        string product = net.Add("MatMul", name, [input, net.Weights($"{name}.weight", [features, width], features, 1)]);
        return net.Add("Add", $"{name}.biased", [product, net.Vector($"{name}.bias", width, 0)]);
    }

    public static string Normalized(NetworkBuilder net, string name, string input) => net.Add(
        "LayerNormalization", name, [input, net.Vector($"{name}.gamma", net.Shape(input)[^1], 1), net.Vector($"{name}.beta", net.Shape(input)[^1], 0)], ("epsilon", 1e-3));

    /// <summary>One product for query, key and value, split by a reshape and gathers.</summary>
    public static string Packed(NetworkBuilder net, string name, string x, int heads, int dimension)
    {
        string all = net.Add("Reshape", $"{name}.split", [Linear(net, $"{name}.qkv", x, 3 * heads * dimension), net.Integers($"{name}.split.shape", 0, 0, 3, heads, dimension)]);
        all = net.Add("Transpose", $"{name}.parts", [all], ("perm", new long[] { 2, 0, 3, 1, 4 }));
        string Part(string part, long index) =>
            net.Add("Gather", $"{name}.{part}", [all, net.Constant($"{name}.{part}.index", new IntegerTensor([], [index]))], ("axis", 0L));
        return Mixed(net, name, (Part("query", 0), Part("key", 1), Part("value", 2)), net.Shape(x)[^1], mask: null);
    }

    /// <summary>Three products; a mask of the tokens as encoders of text have it.</summary>
    public static string Separate(NetworkBuilder net, string name, string x, int heads, int dimension)
    {
        string shape = net.Integers($"{name}.heads", 0, 0, heads, dimension);
        string Part(string part) => net.Add(
            "Transpose", $"{name}.{part}.heads", [net.Add("Reshape", $"{name}.{part}.split", [Linear(net, $"{name}.{part}", x, heads * dimension), shape])], ("perm", new long[] { 0, 2, 1, 3 }));
        int tokens = net.Shape(x)[1];
        string mask = net.Constant($"{name}.mask", new FloatTensor([1, 1, tokens, tokens], [.. Enumerable.Range(0, tokens * tokens).Select(i => i % 3 == 2 ? -9f : 0f)]));
        return Mixed(net, name, (Part("query"), Part("key"), Part("value")), net.Shape(x)[^1], mask);
    }

    private static string Mixed(NetworkBuilder net, string name, (string Query, string Key, string Value) parts, int features, string? mask)
    {
        string key = net.Add("Transpose", $"{name}.turned", [parts.Key], ("perm", new long[] { 0, 1, 3, 2 }));
        string scores = net.Add("Mul", $"{name}.scaled", [net.Add("MatMul", $"{name}.scores", [parts.Query, key]), net.Scalar($"{name}.scale", 0.4f)]);
        if (mask is not null) scores = net.Add("Add", $"{name}.masked", [scores, mask]);
        string mixed = net.Add("MatMul", $"{name}.mixed", [net.Add("Softmax", $"{name}.weights", [scores], ("axis", -1L)), parts.Value]);
        mixed = net.Add("Transpose", $"{name}.tokens", [mixed], ("perm", new long[] { 0, 2, 1, 3 }));
        int width = net.Shape(mixed)[2] * net.Shape(mixed)[3];
        return Linear(net, $"{name}.project", net.Add("Reshape", $"{name}.joined", [mixed, net.Integers($"{name}.joined.shape", 0, 0, width)]), features);
    }
}
