using Distributed.Compression.Graph;
using Distributed.Compression.Quantization;
using Distributed.Compression.Graph.Onnx;
using Distributed.Compression.Tests.Training;
using Distributed.Compression.Training;
using Distributed.Compression.Trials;
using Distributed.Gallery;
using Distributed.Sweeps;
using Google.Protobuf;

namespace Distributed.Compression.Tests.Graph;

/// <summary>An import is compared with ONNX Runtime on the file before anything is trained.</summary>
public sealed class ImportGateTests : IDisposable
{
    /// <summary>Rounding takes no more than this part of the tolerance.</summary>
    private const double Room = 0.1;

    private readonly string _file = Path.GetTempFileName();

    public static TheoryData<string> Gallery => [.. GalleryNetworks.OfImages];

    [Theory]
    [MemberData(nameof(Models.Residual), MemberType = typeof(Models))]
    public void A_sweep_takes_a_model_that_is_imported_right(string file)
    {
        string path = Models.SharedModel(file);
        AssertPasses(path, Load(path));
    }

    [Theory]
    [MemberData(nameof(LightModelTests.All), MemberType = typeof(LightModelTests))]
    public void Real_architectures_pass_with_room(string name) => AssertPasses(Models.SharedModel($"light/light_{name}.onnx"));

    [Theory]
    [MemberData(nameof(Models.Residual), MemberType = typeof(Models))]
    public void So_do_trained_networks(string file) => AssertPasses(Models.SharedModel(file));

    [Theory]
    [MemberData(nameof(Gallery))]
    public void So_does_every_family_of_networks(string name)
    {
        File.WriteAllBytes(_file, OnnxWriter.ToBytes(GalleryNetworks.Build(name, 17)));
        AssertPasses(_file);
    }

    [Fact]
    public void Batch_normalisation_in_training_mode_is_compared_as_it_is_read()
    {
        var network = SmallNets.Perturbed(Models.Small("resnet-8"));
        var training = network with
        {
            Nodes = [.. network.Nodes.Select(node => node.Operator != "BatchNormalization" ? node : node with
            {
                Outputs = [node.Output, $"{node.Name}.m", $"{node.Name}.v"], Attributes = node.Attributes.With("training_mode", 1L),
            })],
        };
        File.WriteAllBytes(_file, OnnxWriter.ToBytes(training));
        AssertPasses(_file);
        Assert.NotEmpty(Load(_file).Nodes);
        Assert.Throws<InvalidInputException>(() => Check(_file, Broken(Normalizer.Normalize(OnnxReader.Read(_file)))));
    }

    [Fact]
    public void Dropout_in_training_mode_is_compared_as_it_is_read()
    {
        var net = new NetworkBuilder("dropping", 1);
        string x = net.ConvBnRelu("conv", net.Input(3, 32, 32), 8, kernel: 3);
        x = net.Add("Dropout", "dropped", [x, net.Scalar("ratio", 0.5f), net.Constant("training", new IntegerTensor([], [1], ElementType.Bool))]);
        File.WriteAllBytes(_file, OnnxWriter.ToBytes(SmallNets.Perturbed(net.Build(net.PooledHead(x, 10)))));
        AssertPasses(_file);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_in_halves_is_compared_too(bool cast)
    {
        File.WriteAllBytes(_file, Halved(Models.Small("lenet"), cast));
        var read = OnnxReader.Read(_file);
        var imported = Normalizer.Normalize(read);
        Check(_file, imported);
        Assert.Throws<InvalidInputException>(() => Check(_file, imported with { Outputs = [imported.Outputs[0] with { Name = imported.Nodes[^2].Output }] }));
    }

    [Fact]
    public void An_import_that_computes_something_else_is_refused_with_the_difference()
    {
        File.WriteAllBytes(_file, OnnxWriter.ToBytes(SmallNets.Perturbed(Models.Small("resnet-8"))));
        var error = Assert.Throws<InvalidInputException>(() => Check(_file, Broken(Normalizer.Normalize(OnnxReader.Read(_file)))));
        Assert.Equal(_file, error.Place);
        Assert.Contains("differ by", error.Found, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_number_that_becomes_a_float_is_no_half()
    {
        var model = ModelProto.Parser.ParseFrom(OnnxWriter.ToBytes(SmallNets.Perturbed(Models.Small("resnet-8"))));
        model.Graph.Node.Insert(0, new NodeProto { Name = "sizes", OpType = "Shape", Input = { model.Graph.Input[0].Name }, Output = { "sizes" } });
        model.Graph.Node.Insert(1, Cast("sizes", "sizes.real", (int)TensorProto.Types.DataType.Float));
        File.WriteAllBytes(_file, model.ToByteArray());
        AssertPasses(_file);
        Assert.Throws<InvalidInputException>(() => Check(_file, Broken(Normalizer.Normalize(OnnxReader.Read(_file)))));
    }

    /// <summary>Every Relu also lets a hundredth of what is negative through.</summary>
    private static Network Broken(Network network) => network with
    {
        Nodes = [.. network.Nodes.Select(node => node.Operator == "Relu" ? node with { Operator = "LeakyRelu" } : node)],
    };

    /// <summary>The file in halves: all of it, or between a cast of the input and one of the output.</summary>
    private static byte[] Halved(Network network, bool cast)
    {
        var model = ModelProto.Parser.ParseFrom(OnnxWriter.ToBytes(network));
        const int half = (int)TensorProto.Types.DataType.Float16;
        foreach (var tensor in model.Graph.Initializer.Where(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Float))
        {
            float[] values = network.Floats(tensor.Name).Data;
            (tensor.DataType, tensor.RawData) = (half, ByteString.CopyFrom([.. values.SelectMany(value => BitConverter.GetBytes((Half)value))]));
        }

        var (input, output) = (model.Graph.Input[0], model.Graph.Output[0]);
        if (!cast)
        {
            (input.Type.TensorType.ElemType, output.Type.TensorType.ElemType) = (half, half);
            return model.ToByteArray();
        }

        foreach (var node in model.Graph.Node)
        {
            for (int i = 0; i < node.Input.Count; i++) node.Input[i] = node.Input[i] == input.Name ? "halved" : node.Input[i];
            for (int i = 0; i < node.Output.Count; i++) node.Output[i] = node.Output[i] == output.Name ? "logits.halved" : node.Output[i];
        }

        model.Graph.Node.Insert(0, Cast(input.Name, "halved", half));
        model.Graph.Node.Add(Cast("logits.halved", output.Name, (int)TensorProto.Types.DataType.Float));
        return model.ToByteArray();
    }

    private static NodeProto Cast(string input, string output, int type) => new()
    {
        OpType = "Cast",
        Input = { input },
        Output = { output },
        Attribute = { new AttributeProto { Name = "to", Type = AttributeProto.Types.AttributeType.Int, I = type } },
    };

    [Fact]
    public void A_file_that_computes_in_8_bits_is_sent_back_to_its_parent()
    {
        var network = Models.Small("resnet-8");
        var grids = Quantizer.Calibrate(network, [Models.Images(16, 1)], new MinMaxCalibration(), TestContext.Current.CancellationToken);
        File.WriteAllBytes(_file, OnnxWriter.ToBytes(QdqExport.Write(grids)));
        var error = Assert.Throws<InvalidInputException>(() => Load(_file));
        Assert.Contains("8 bits already", error.Found, StringComparison.Ordinal);
        Assert.Equal(_file, error.Place);
    }

    private static void Check(string path, Network imported)
    {
        var read = OnnxReader.Read(path);
        ImportGate.Check(path, read, imported, Images(read, imported), [.. read.Inputs[0].Shape[1..]]);
    }

    private static void AssertPasses(string path, Network? loaded = null)
    {
        var found = Assert.NotNull(Difference(path, loaded ?? Normalizer.Normalize(OnnxReader.Read(path))));
        Assert.InRange(found.Largest / found.Output, 0, Room * ImportGate.Tolerance);
    }

    private static (double Largest, double Output)? Difference(string path, Network imported)
    {
        var read = OnnxReader.Read(path);
        return ImportGate.Difference(path, read, imported, Images(read, imported), [.. read.Inputs[0].Shape[1..]]);
    }

    private static float[] Images(Network read, Network imported)
    {
        var random = new SeededRandom(1, "tests/gate");
        return [.. Enumerable.Range(0, ImportGate.Images(read, imported) * Tensor.Count(read.Inputs[0].Shape[1..])).Select(_ => (float)random.NextNormal())];
    }

    private static Network Load(string path)
    {
        var images = SmallNets.Images(80, 3, 32, 32, 10);
        var data = TrialData.Of(new(images, images, images, images), new([0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]), TrainingDevice.Cpu);
        return ModelSource.Load(Trials.TrialFixture.Spec with { Model = new() { Onnx = path } }, data);
    }
}
