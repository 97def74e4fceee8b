using Distributed.Compression.Graph;
using Distributed.Compression.Tests.Grouping;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Pruning;

/// <summary>Networks put together at random from everything that people's networks are made of.</summary>
internal static class RandomStructures
{
    private const int Side = 4;
    private static readonly Func<NetworkBuilder, string, string, SeededRandom, string>[] Blocks =
    [
        Plain, Grouped, Depthwise, Residual, Padded, Dense, Excited, Shuffled, ChannelsLast, GroupNormalized, Responding, Halves, Sliced, Picked, Attending,
        Rearranged, Affine, Transposed, Pooled, Activated,
    ];

    /// <summary>Three to seven blocks between a stem and a head.</summary>
    public static Network Of(ulong seed)
    {
        var random = new SeededRandom(seed, "tests/structures");
        var net = new NetworkBuilder($"random{seed}", seed);
        string x = net.Conv("stem", net.Input(3, Side, Side), 4 * random.Next(2, 5), kernel: 3, pad: 1, bias: true);
        for (int i = random.Next(3, 8); i > 0; i--) x = Blocks[random.Next(Blocks.Length)](net, $"b{i}", x, random);
        return RandomNetworks.Shaken(net.Build(random.Next(2) == 0 ? net.PooledHead(x, 5) : net.Dense("head", net.Flatten("flat", x), 5)), seed);
    }

    private static int Channels(NetworkBuilder net, string x) => net.Shape(x)[1];

    private static string Plain(NetworkBuilder net, string name, string x, SeededRandom random) =>
        net.Relu($"{name}.relu", net.BatchNormalization($"{name}.bn", net.Conv(name, x, 4 * random.Next(1, 5), kernel: 3, pad: 1)));

    private static string Grouped(NetworkBuilder net, string name, string x, SeededRandom random) =>
        net.Relu($"{name}.relu", net.Conv(name, x, 4 * random.Next(1, 5), kernel: 1, group: random.Next(2) == 0 ? 2 : 4, bias: true));

    private static string Depthwise(NetworkBuilder net, string name, string x, SeededRandom random) =>
        net.Conv(name, x, Channels(net, x), kernel: 3, pad: 1, group: Channels(net, x), bias: true);

    private static string Residual(NetworkBuilder net, string name, string x, SeededRandom random) =>
        net.Add("Add", name, [net.Conv($"{name}.c2", net.Relu($"{name}.r", net.Conv($"{name}.c1", x, 6, kernel: 1, bias: true)), Channels(net, x), kernel: 1), x]);

    private static string Padded(NetworkBuilder net, string name, string x, SeededRandom random)
    {
        string wider = net.Add("Pad", $"{name}.pad", [x, net.Integers($"{name}.pads", 0, 2, 0, 0, 0, 2, 0, 0)]);
        return net.Add("Add", name, [net.Conv($"{name}.c", x, Channels(net, x) + 4, kernel: 1), wider]);
    }

    private static string Dense(NetworkBuilder net, string name, string x, SeededRandom random) =>
        net.Add("Concat", name, [x, net.Conv($"{name}.c", x, 4, kernel: 1, bias: true)], ("axis", 1L));

    private static string Excited(NetworkBuilder net, string name, string x, SeededRandom random)
    {
        string gate = net.Relu($"{name}.r", net.Conv($"{name}.squeeze", net.Add("GlobalAveragePool", $"{name}.mean", [x]), 3, kernel: 1, bias: true));
        return net.Add("Mul", name, [x, net.Add("HardSigmoid", $"{name}.gate", [net.Conv($"{name}.excite", gate, Channels(net, x), kernel: 1)])]);
    }

    private static string Shuffled(NetworkBuilder net, string name, string x, SeededRandom random)
    {
        var shape = net.Shape(x);
        string split = net.Add("Reshape", $"{name}.split", [x, net.Integers($"{name}.groups", 0, 2, shape[1] / 2, shape[2], shape[3])]);
        split = net.Add("Transpose", $"{name}.turned", [split], ("perm", new long[] { 0, 2, 1, 3, 4 }));
        return net.Add("Reshape", name, [split, net.Integers($"{name}.channels", 0, shape[1], shape[2], shape[3])]);
    }

    private static string ChannelsLast(NetworkBuilder net, string name, string x, SeededRandom random)
    {
        string y = net.Add("Transpose", $"{name}.last", [Depthwise(net, $"{name}.dw", x, random)], ("perm", new long[] { 0, 2, 3, 1 }));
        y = Attention.Linear(net, $"{name}.up", Attention.Normalized(net, $"{name}.norm", y), 6);
        y = Attention.Linear(net, $"{name}.down", net.Add("Sigmoid", $"{name}.act", [y]), Channels(net, x));
        y = net.Add("Mul", $"{name}.scaled", [y, net.Weights($"{name}.gamma", [Channels(net, x)], 1, 1)]);
        return net.Add("Add", name, [x, net.Add("Transpose", $"{name}.first", [y], ("perm", new long[] { 0, 3, 1, 2 }))]);
    }

    private static string GroupNormalized(NetworkBuilder net, string name, string x, SeededRandom random)
    {
        var shape = net.Shape(x);
        string y = net.Add("Reshape", $"{name}.groups", [x, net.Integers($"{name}.groups.shape", 0, 2, -1)]);
        y = net.Add("InstanceNormalization", $"{name}.norm", [y, net.Vector($"{name}.ones", 2, 1), net.Vector($"{name}.zeros", 2, 0)], ("epsilon", 1e-2));
        return Affine(net, name, net.Add("Reshape", $"{name}.channels", [y, net.Integers($"{name}.channels.shape", 0, shape[1], shape[2], shape[3])]), random);
    }

    private static string Responding(NetworkBuilder net, string name, string x, SeededRandom random) =>
        net.Add("LRN", name, [x], ("size", 3L), ("alpha", 0.7), ("beta", 0.75), ("bias", 1.0));

    /// <summary>As ShuffleNet v2: one half is worked on, the other passes.</summary>
    private static string Halves(NetworkBuilder net, string name, string x, SeededRandom random)
    {
        int half = Channels(net, x) / 2;
        var parts = net.AddNode(new()
        {
            Name = $"{name}.split",
            Operator = "Split",
            Inputs = [x, net.Integers($"{name}.parts", half, Channels(net, x) - half)],
            Outputs = [$"{name}.left", $"{name}.right"],
            Attributes = Attributes.Empty.With("axis", 1L),
        });
        return net.Add("Concat", name, [net.Conv($"{name}.c", parts[1], Channels(net, x) - half, kernel: 1, bias: true), parts[0]], ("axis", 1L));
    }

    private static string Sliced(NetworkBuilder net, string name, string x, SeededRandom random)
    {
        string part = net.Add("Slice", name, [x, net.Integers($"{name}.from", 1), net.Integers($"{name}.to", Channels(net, x) - 1), net.Integers($"{name}.axes", 1)]);
        return net.Conv($"{name}.c", part, 8, kernel: 1);
    }

    private static string Picked(NetworkBuilder net, string name, string x, SeededRandom random)
    {
        int[] order = [.. Enumerable.Range(0, Channels(net, x))];
        random.Shuffle(order);
        return net.Add("Gather", name, [x, net.Integers($"{name}.order", [.. order.Select(i => (long)i)])], ("axis", 1L));
    }

    private static string Attending(NetworkBuilder net, string name, string x, SeededRandom random)
    {
        string tokens = Attention.Tokens(net, $"{name}.in", x);
        string normalized = Attention.Normalized(net, $"{name}.norm", tokens);
        string y = random.Next(2) == 0 ? Attention.Packed(net, $"{name}.a", normalized, 2, 4) : Attention.Separate(net, $"{name}.a", normalized, 3, 4);
        return Attention.Image(net, name, net.Add("Add", $"{name}.sum", [tokens, y]), net.Shape(x)[2]);
    }

    /// <summary>Channels become places and places channels again, in another order of channels.</summary>
    private static string Rearranged(NetworkBuilder net, string name, string x, SeededRandom random)
    {
        string source = Channels(net, x) % 4 == 0 ? x : net.Conv($"{name}.in", x, 8, kernel: 1);
        string large = net.Add("DepthToSpace", $"{name}.large", [source], ("blocksize", 2L), ("mode", random.Next(2) == 0 ? "CRD" : "DCR"));
        string mixed = random.Next(2) == 0 ? large : net.Conv($"{name}.c", large, 3, kernel: 1, bias: true);
        return net.Add("SpaceToDepth", name, [mixed], ("blocksize", 2L)) is var deep && Channels(net, deep) % 4 == 0 ? deep : net.Conv($"{name}.out", deep, 8, kernel: 1);
    }

    private static string Affine(NetworkBuilder net, string name, string x, SeededRandom random)
    {
        string scaled = net.Add("Mul", $"{name}.scaled", [x, net.Weights($"{name}.gamma", [Channels(net, x), 1, 1], 1, 1)]);
        return net.Add("Add", $"{name}.shifted", [scaled, net.Weights($"{name}.beta", [1, Channels(net, x), 1, 1], 1, 1)]);
    }

    private static string Transposed(NetworkBuilder net, string name, string x, SeededRandom random) =>
        net.Add("ConvTranspose", name, [x, net.Weights($"{name}.weight", [Channels(net, x), 8, 1, 1], Channels(net, x), 1)]);

    private static string Pooled(NetworkBuilder net, string name, string x, SeededRandom random) => net.Add(
        random.Next(2) == 0 ? "MaxPool" : "AveragePool", name, [x], ("kernel_shape", new long[] { 3, 3 }), ("pads", new long[] { 1, 1, 1, 1 }));

    private static string Activated(NetworkBuilder net, string name, string x, SeededRandom random) =>
        net.Add(((string[])["Relu", "HardSwish", "Sigmoid", "LeakyRelu", "Elu"])[random.Next(5)], name, [x]);
}
