using Distributed.Compression.Graph;
using Distributed.Compression.Graph.Onnx;
using Distributed.Sweeps;
using Google.Protobuf;

namespace Distributed.Compression.Tests.Graph;

public sealed class DamagedFileTests
{
    private const string Place = "model.onnx";
    private static readonly byte[] Model = OnnxWriter.ToBytes(Tiny());

    [Fact]
    public void Thousands_of_flipped_and_missing_bytes_give_a_network_or_an_error_that_names_the_file()
    {
        var random = new SeededRandom(7, "mutations");
        int refused = 0;
        for (int i = 0; i < 4000; i++)
        {
            byte[] bytes = [.. Model];
            for (int flips = random.Next(1, 5); flips > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (i % 4 == 0) bytes = bytes[..random.Next(bytes.Length)];
            if (!TryImport(bytes)) refused++;
        }

        Assert.InRange(refused, 1000, 4000);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        for (int length = 0; length < Model.Length - 60; length += 7)
            Assert.Throws<InvalidInputException>(() => OnnxReader.Read(new MemoryStream(Model[..length]), Place));
    }

    [Fact]
    public void A_missing_file_is_named() => Assert.Equal("no/such.onnx", Assert.Throws<InvalidInputException>(() => OnnxReader.Read("no/such.onnx")).Place);

    [Fact]
    public void Text_is_no_model() => Refuses("name: sweep\nmodel: resnet-8\n"u8.ToArray(), "no ONNX model");

    [Fact]
    public void A_cycle_is_named() => Refuses(Changed(model => model.Graph.Node[0].Input[0] = model.Graph.Node[1].Output[0]), "'conv'", "depends on its own output");

    [Fact]
    public void A_dangling_name_is_named() => Refuses(Changed(model => model.Graph.Node[1].Input[0] = "nowhere"), "'relu'", "'nowhere'");

    [Fact]
    public void A_value_written_twice_is_named() => Refuses(Changed(model => model.Graph.Node[1].Output[0] = "conv"), "'conv'", "written twice");

    [Fact]
    public void A_wrong_raw_length_is_named() =>
        Refuses(Changed(model => Weight(model).RawData = ByteString.CopyFrom(new byte[40])), "'conv.weight'", "needs 54 elements, the file holds 10");

    [Fact]
    public void An_enormous_shape_is_refused_before_anything_is_allocated() =>
        Refuses(Changed(model => Weight(model).Dims[0] = 1L << 40), "'conv.weight'", "impossible");

    [Fact]
    public void External_data_is_refused_with_the_remedy() =>
        Refuses(Changed(model => Weight(model).DataLocation = TensorProto.Types.DataLocation.External), "'conv.weight'", "inside one file");

    [Fact]
    public void Millions_of_empty_nodes_are_refused_before_they_are_made()
    {
        byte[] nodes = new byte[2 * (OnnxFileScan.LargestParts + 1)];
        for (int i = 0; i < nodes.Length; i += 2) nodes[i] = 0x0a;
        using var stream = new MemoryStream();
        var output = new CodedOutputStream(stream, leaveOpen: true);
        output.WriteTag(7, WireFormat.WireType.LengthDelimited);
        output.WriteLength(nodes.Length);
        output.Flush();
        stream.Write(nodes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refuses(stream.ToArray(), "parts");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3L * nodes.Length);
    }

    [Fact]
    public void A_few_bytes_that_stand_for_gigabytes_of_weights_are_refused()
    {
        var net = new NetworkBuilder("enormous", 1);
        string x = net.Conv("conv", net.Input(3, 6, 6), 2, kernel: 3);
        string grown = net.Add("ConstantOfShape", "fill", [net.Integers("size", 1 << 14, 1 << 14, 2)]);
        var network = net.Build(net.Add("Add", "sum", [x, net.Add("ReduceMean", "mean", [grown])]));
        string message = Assert.Throws<InvalidInputException>(() => Normalizer.Normalize(network)).Message;
        Assert.Contains("'fill'", message, StringComparison.Ordinal);
        Assert.Contains("1024 MB", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_domain_is_refused() => Refuses(Changed(model => model.Graph.Node[1].Domain = "com.microsoft"), "'relu'", "com.microsoft");

    [Theory]
    [InlineData(5)]
    [InlineData(25)]
    public void An_operator_set_outside_what_is_read_is_refused(long version) =>
        Refuses(Changed(model => model.OpsetImport[0].Version = version), Invariant($"version {version}"), "opset 17");

    [Fact]
    public void Nodes_without_names_and_with_the_same_name_get_names_of_their_own()
    {
        byte[] bytes = Changed(model =>
        {
            model.Graph.Node[0].Name = "";
            model.Graph.Node[1].Name = model.Graph.Node[2].Name = "twin";
        });
        var names = OnnxReader.Read(new MemoryStream(bytes), Place).Nodes.Select(node => node.Name).ToList();
        Assert.Equal(["Conv_0", "twin", "twin_1"], names[..3]);
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void Half_and_double_weights_in_typed_fields_and_raw_are_widened()
    {
        float[] expected = [.. Tiny().Floats("head.bias").Data.Select((_, i) => i - 1.5f)];
        Assert.Equal(expected, Bias(TensorProto.Types.DataType.Double, bias => bias.DoubleData.AddRange(expected.Select(value => (double)value))));
        Assert.Equal(expected, Bias(TensorProto.Types.DataType.Float, bias => bias.FloatData.AddRange(expected)));
        Assert.Equal(expected, Bias(TensorProto.Types.DataType.Float16, bias => bias.Int32Data.AddRange(expected.Select(value => (int)BitConverter.HalfToUInt16Bits((Half)value)))));
        Assert.Equal(expected, Bias(TensorProto.Types.DataType.Bfloat16, bias => bias.Int32Data.AddRange(expected.Select(value => (int)(BitConverter.SingleToUInt32Bits(value) >> 16)))));
        Assert.Equal(expected, Bias(TensorProto.Types.DataType.Float16, bias => bias.RawData = ByteString.CopyFrom([.. expected.SelectMany(value => BitConverter.GetBytes((Half)value))])));
        Assert.Equal(expected, Bias(TensorProto.Types.DataType.Double, bias => bias.RawData = ByteString.CopyFrom([.. expected.SelectMany(value => BitConverter.GetBytes((double)value))])));
    }

    private static float[] Bias(TensorProto.Types.DataType type, Action<TensorProto> fill)
    {
        byte[] bytes = Changed(model =>
        {
            var bias = model.Graph.Initializer.Single(tensor => tensor.Name == "head.bias");
            (bias.RawData, bias.DataType) = (ByteString.Empty, (int)type);
            fill(bias);
        });
        return OnnxReader.Read(new MemoryStream(bytes), Place).Floats("head.bias").Data;
    }

    private static bool TryImport(byte[] bytes)
    {
        try
        {
            Normalizer.Normalize(OnnxReader.Read(new MemoryStream(bytes), Place));
            return true;
        }
        catch (InvalidInputException)
        {
            return false;
        }
    }

    private static void Refuses(byte[] bytes, params string[] fragments)
    {
        string message = Assert.Throws<InvalidInputException>(() => OnnxReader.Read(new MemoryStream(bytes), Place)).Message;
        Assert.StartsWith(Place, message, StringComparison.Ordinal);
        Assert.All(fragments, fragment => Assert.Contains(fragment, message, StringComparison.Ordinal));
    }

    private static byte[] Changed(Action<ModelProto> change)
    {
        var model = ModelProto.Parser.ParseFrom(Model);
        change(model);
        return model.ToByteArray();
    }

    private static TensorProto Weight(ModelProto model) => model.Graph.Initializer.Single(tensor => tensor.Name == "conv.weight");

    private static Network Tiny()
    {
        var net = new NetworkBuilder("tiny", 1);
        string x = net.Relu("relu", net.Conv("conv", net.Input(3, 6, 6), 2, kernel: 3));
        x = net.Add("Reshape", "flat", [net.MaxPool("pool", x, 2), net.Integers("target", 0, -1)]);
        return net.Build(net.Dense("head", x, 3));
    }
}
