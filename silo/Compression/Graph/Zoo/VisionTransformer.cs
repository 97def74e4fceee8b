namespace Distributed.Compression.Graph;

/// <summary>A small vision transformer (Dosovitskiy et al. 2021): patches of 4×4, 64 features, 4 blocks of 4 heads, mean over the patches.</summary>
internal static class VisionTransformer
{
    private const int Patch = 4;
    private const int Features = 64;
    private const int Hidden = 128;
    private const int Heads = 4;
    private const int Blocks = 4;

    /// <summary>Adds the layers and gives the logits.</summary>
    public static string Build(NetworkBuilder net, ZooShape shape)
    {
        string x = net.Conv("patches", net.Input(shape.Channels, shape.Height, shape.Width), Features, Patch, Patch, bias: true);
        x = net.Add("Reshape", "patches.flat", [x, net.Integers("patches.flat.shape", 0, Features, -1)]);
        x = net.Add("Transpose", "tokens", [x], ("perm", new long[] { 0, 2, 1 }));
        x = net.Add("Add", "positions", [x, net.Weights("positions.embedding", [1, net.Shape(x)[1], Features], 1, 0.02)]);
        for (int block = 1; block <= Blocks; block++)
        {
            string name = Invariant($"block{block}");
            x = net.Add("Add", $"{name}.attention.add", [x, Attention(net, $"{name}.attention", Normalized(net, $"{name}.norm1", x))]);
            x = net.Add("Add", $"{name}.mlp.add", [x, Perceptron(net, $"{name}.mlp", Normalized(net, $"{name}.norm2", x))]);
        }

        x = net.Add("ReduceMean", "pool", [Normalized(net, "norm", x)], ("axes", new long[] { 1 }), ("keepdims", 0L));
        return net.Dense("head", x, shape.Classes);
    }

    private static string Normalized(NetworkBuilder net, string name, string input) => net.Add(
        "LayerNormalization",
        name,
        [input, net.Vector($"{name}.gamma", Features, 1), net.Vector($"{name}.beta", Features, 0)],
        ("axis", -1L),
        ("epsilon", 1e-5));

    private static string Linear(NetworkBuilder net, string name, string input, int width)
    {
        int features = net.Shape(input)[^1];
        string product = net.Add("MatMul", name, [input, net.Weights($"{name}.weight", [features, width], features, 1)]);
        return net.Add("Add", $"{name}.biased", [product, net.Vector($"{name}.bias", width, 0)]);
    }

    private static string Attention(NetworkBuilder net, string name, string input)
    {
        string heads = net.Integers($"{name}.heads", 0, 0, Heads, Features / Heads);
        string Part(string part, long[] perm) => net.Add(
            "Transpose", $"{name}.{part}.heads", [net.Add("Reshape", $"{name}.{part}.split", [Linear(net, $"{name}.{part}", input, Features), heads])], ("perm", perm));
        string query = Part("query", [0, 2, 1, 3]);
        string key = Part("key", [0, 2, 3, 1]);
        string value = Part("value", [0, 2, 1, 3]);
        string scores = net.Add("MatMul", $"{name}.scores", [query, key]);
        scores = net.Add("Mul", $"{name}.scaled", [scores, net.Scalar($"{name}.scale", 1 / MathF.Sqrt(Features / Heads))]);
        string mixed = net.Add("MatMul", $"{name}.mixed", [net.Add("Softmax", $"{name}.weights", [scores], ("axis", -1L)), value]);
        mixed = net.Add("Transpose", $"{name}.tokens", [mixed], ("perm", new long[] { 0, 2, 1, 3 }));
        mixed = net.Add("Reshape", $"{name}.joined", [mixed, net.Integers($"{name}.joined.shape", 0, 0, Features)]);
        return Linear(net, $"{name}.project", mixed, Features);
    }

    private static string Perceptron(NetworkBuilder net, string name, string input) =>
        Linear(net, $"{name}.second", Gelu(net, $"{name}.gelu", Linear(net, $"{name}.first", input, Hidden)), Features);

    /// <summary>x · (1 + erf(x / √2)) / 2.</summary>
    private static string Gelu(NetworkBuilder net, string name, string input)
    {
        string erf = net.Add("Erf", $"{name}.erf", [net.Add("Div", $"{name}.div", [input, net.Scalar($"{name}.root", MathF.Sqrt(2))])]);
        string gate = net.Add("Mul", $"{name}.gate", [input, net.Add("Add", $"{name}.shift", [erf, net.Scalar($"{name}.one", 1)])]);
        return net.Add("Mul", name, [gate, net.Scalar($"{name}.half", 0.5f)]);
    }
}
