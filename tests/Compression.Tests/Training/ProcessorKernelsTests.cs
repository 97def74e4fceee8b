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
        AssertRight(channels, filters, size, kernel, groups: 1);
        AssertRight(filters, filters, size, kernel, groups: filters);
    }

    [Fact]
    public void Libtorchs_own_convolutions_can_be_asked_for_and_are_right()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libtorch's switch is known by its name on Linux only.");
        bool before = OwnConvolutions.Only;
        try
        {
            OwnConvolutions.Only = true;
            Assert.True(OwnConvolutions.Only);
            AssertRight(40, 24, 28, 3, groups: 1);
            AssertRight(24, 24, 28, 3, groups: 24);
        }
        finally
        {
            OwnConvolutions.Only = before;
        }

        Assert.Equal(before, OwnConvolutions.Only);
    }

    /// <summary>The output and both gradients.</summary>
    private static void AssertRight(int channels, int filters, int size, int kernel, int groups)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var x = randn([2, channels, size, size], generator: generator);
        var weights = randn([filters, channels / groups, kernel, kernel], generator: generator);
        var towards = randn([2, filters, size, size], generator: generator);
        Tensor[] Convolved(ScalarType type)
        {
            var (input, kernels) = (x.to(type, copy: true).requires_grad_(), weights.to(type, copy: true).requires_grad_());
            var output = nn.functional.conv2d(input, kernels, padding: [kernel / 2, kernel / 2], groups: groups);
            output.backward([towards.to(type)]);
            return [output.detach(), input.grad!, kernels.grad!];
        }

        foreach (var (found, right) in Convolved(ScalarType.Float32).Zip(Convolved(ScalarType.Float64)))
            Assert.InRange(((found.to(ScalarType.Float64) - right).abs().max() / right.abs().max()).item<double>(), 0, 1e-5);
    }
}
