using TorchSharp;

namespace Distributed.Compression.Tests.Platform;

public sealed class NativeLibraryTests
{
    [Fact]
    public void Libtorch_loads_from_the_output_directory_and_computes()
    {
        using var scope = torch.NewDisposeScope();
        var product = torch.mm(torch.ones(2, 3), torch.ones(3, 2));
        Assert.Equal([3f, 3f, 3f, 3f], product.data<float>().ToArray());
    }
}
