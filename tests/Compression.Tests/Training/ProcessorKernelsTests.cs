using Distributed.Compression.Training;
using static TorchSharp.torch;

namespace Distributed.Compression.Tests.Training;

public sealed class ProcessorKernelsTests
{
    public ProcessorKernelsTests() => ProcessorKernels.KeepToRightOnes();

    /// <summary>Against the same convolution in double precision, which oneDNN has no part in.</summary>
    [Theory]
    [InlineData(40, 24, 28, 3)]
    [InlineData(24, 64, 13, 5)]
    [InlineData(136, 136, 28, 3)]
    [InlineData(200, 64, 14, 3)]
    [InlineData(100, 24, 28, 5)]
    [InlineData(12, 20, 14, 1)]
    public void Convolutions_of_pruned_widths_are_right(int channels, int filters, int size, int kernel)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var x = randn([1, channels, size, size], generator: generator);
        var weights = randn([filters, channels, kernel, kernel], generator: generator);
        Tensor Convolved(ScalarType type) =>
            nn.functional.conv2d(x.to(type), weights.to(type), padding: [kernel / 2, kernel / 2]).to(ScalarType.Float64);

        var right = Convolved(ScalarType.Float64);

        double error = ((Convolved(ScalarType.Float32) - right).abs().max() / right.abs().max()).item<double>();
        Assert.InRange(error, 0, 1e-5);
    }
}
