using Distributed.Compression.Graph;
using Distributed.Compression.Quantization;
using Distributed.Compression.Tests.Graph;
using Distributed.Compression.Tests.Training;

namespace Distributed.Compression.Tests.Quantization;

/// <summary>What ONNX Runtime really runs of a quantised file. Without the right layout it runs floats between conversions, and slower.</summary>
public sealed class QdqExportTests
{
    private static readonly float[] Images = Models.Images(16, 1);

    private static QuantizationGrids Grids(Network network) =>
        Quantizer.Calibrate(network, [Images], new MinMaxCalibration(), TestContext.Current.CancellationToken);

    private static byte[] Quantized(QuantizationGrids grids) => OnnxWriter.ToBytes(QdqExport.Write(grids));

    [Fact]
    public void Every_operator_of_ResNet_20_runs_on_integers()
    {
        var network = SmallNets.Perturbed(Models.Small("resnet-20"));
        var kernels = RunningKernels.Count(Quantized(Grids(network)));
        Assert.Equal(
            [("Flatten", 1), ("QGemm", 1), ("QLinearAdd", 9), ("QLinearConv", 21), ("QLinearGlobalAveragePool", 1), ("QuantizeLinear", 1), ("Transpose", 2)],
            kernels.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value)));
    }

    [Theory]
    [MemberData(nameof(Models.Residual), MemberType = typeof(Models))]
    public void So_does_every_operator_of_a_trained_ResNet_20_with_padded_shortcuts(string file)
    {
        var kernels = RunningKernels.Count(Quantized(Grids(Normalizer.Normalize(OnnxReader.Read(Models.SharedModel(file))))));
        Assert.Equal((19, 9, 1, 1), (kernels["QLinearConv"], kernels["QLinearAdd"], kernels["QLinearAveragePool"], kernels["QGemm"]));
        AssertIntegersOnly(kernels);
    }

    [Theory]
    [InlineData("lenet")]
    [InlineData("mobilenet-v2")]
    [InlineData("resnet-8")]
    public void No_convolutional_network_of_the_zoo_has_an_island(string name)
    {
        var grids = Grids(SmallNets.Perturbed(Models.Small(name)));
        Assert.Empty(grids.Scheme.Islands);
        AssertIntegersOnly(RunningKernels.Count(Quantized(grids)));
    }

    [Fact]
    public void Concatenations_and_what_they_join_share_a_grid()
    {
        var net = new NetworkBuilder("fire", 1);
        string squeezed = net.ConvBnRelu("squeeze", net.Input(3, 32, 32), 8, kernel: 1);
        string left = net.ConvBnRelu("left", squeezed, 8, kernel: 1), right = net.ConvBnRelu("right", squeezed, 8, kernel: 3, pad: 1);
        var network = net.Build(net.PooledHead(net.MaxPool("shrunk", net.Add("Concat", "joined", [left, right], ("axis", 1L)), 2), 10));
        var grids = Grids(network);
        Assert.Single(new[] { left, right, "joined", "shrunk" }.Select(value => grids.Grids[value]).Distinct());
        var kernels = RunningKernels.Count(Quantized(grids));
        Assert.Equal(3, kernels["QLinearConv"]);
        AssertIntegersOnly(kernels);
    }

    [Fact]
    public void A_normalisation_in_front_of_its_convolution_runs_on_integers_too()
    {
        var net = new NetworkBuilder("preactivation", 1);
        string x = net.Conv("stem", net.Input(3, 32, 32), 8, kernel: 3, pad: 1);
        string branch = net.Conv("conv", net.Relu("relu", net.BatchNormalization("bn", x)), 8, kernel: 3, pad: 1);
        var network = SmallNets.Perturbed(net.Build(net.PooledHead(net.Add("Add", "sum", [x, branch]), 10)));
        var grids = Grids(network);
        Assert.Empty(grids.Scheme.Islands);
        AssertIntegersOnly(RunningKernels.Count(Quantized(grids)));
    }

    [Fact]
    public void What_has_no_integer_kernel_is_named_as_an_island()
    {
        var net = new NetworkBuilder("swish", 1);
        string x = net.Add("HardSwish", "act", [net.Conv("first", net.Input(3, 32, 32), 8, kernel: 3)]);
        var grids = Grids(net.Build(net.PooledHead(net.Relu("relu", net.Conv("second", x, 8, kernel: 3)), 10)));
        Assert.Equal(["act"], grids.Scheme.Islands);
        Assert.Equal(2, RunningKernels.Count(Quantized(grids))["QLinearConv"]);
    }

    [Fact]
    public void A_vision_transformer_keeps_its_answers()
    {
        var network = Models.Small("vit-tiny");
        float[] exact = Models.Run(OnnxWriter.ToBytes(network), Images, 16, 3, 32, 32);
        float[] rounded = Models.Run(Quantized(Grids(network)), Images, 16, 3, 32, 32);
        Assert.InRange(Parity.MaxDifference(exact, rounded), 1e-6, 0.05 * exact.Max(Math.Abs));
    }

    [Theory]
    [MemberData(nameof(Models.Residual), MemberType = typeof(Models))]
    public void The_form_that_is_quantised_computes_what_the_network_computes(string file)
    {
        var network = Normalizer.Normalize(OnnxReader.Read(Models.SharedModel(file)));
        var form = QuantizationForm.Of(network);
        Assert.DoesNotContain(form.Nodes, node => node.Operator is "BatchNormalization" or "ReduceMean");
        Assert.InRange(Parity.MaxDifference(network, OnnxWriter.ToBytes(form), [Images], [16, 3, 32, 32]), 0, 1e-4);
    }

    [Fact]
    public void Weights_take_a_byte_each()
    {
        var network = Models.Small("lenet");
        int floats = OnnxWriter.ToBytes(network).Length;
        Assert.InRange(Quantized(Grids(network)).Length, floats / 4.2, floats / 3.8);
    }

    [Fact]
    public void How_calibration_images_are_split_into_batches_changes_no_byte()
    {
        var network = SmallNets.Perturbed(Models.Small("resnet-8"));
        int image = Images.Length / 16;
        float[][] parts = [.. Images.Chunk(3 * image)];
        var split = Quantizer.Calibrate(network, parts, new EntropyCalibration(), TestContext.Current.CancellationToken);
        var whole = Quantizer.Calibrate(network, [Images], new EntropyCalibration(), TestContext.Current.CancellationToken);
        Assert.All(whole.Grids, pair => Assert.Equal(pair.Value.ZeroPoint, split.Grids[pair.Key].ZeroPoint));
        Assert.All(whole.Grids, pair => Assert.Equal(pair.Value.Scale, split.Grids[pair.Key].Scale, pair.Value.Scale * 1e-5f));
    }

    private static void AssertIntegersOnly(IReadOnlyDictionary<string, int> kernels)
    {
        Assert.Equal(1, kernels["QuantizeLinear"]);
        Assert.DoesNotContain("DequantizeLinear", kernels.Keys);
        Assert.Empty(kernels.Keys.Intersect(["Conv", "FusedConv", "Gemm", "FusedGemm", "Add", "Relu", "Clip", "AveragePool", "GlobalAveragePool", "MaxPool"]).Except(["Clip"]));
    }
}
