using System.Collections.Immutable;
using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Data;

public sealed class DatasetFitTests
{
    private static readonly ImageSet Images = new(new byte[3 * 24 * 24], [0], 3, 24, 24, ["a", "b", "c", "d"]);

    private static Network Model(int[] input, int[] output) => new()
    {
        Opset = 17,
        Inputs = [new("image", ElementType.Float, [.. input])],
        Outputs = [new("logits", ElementType.Float, [.. output])],
        Nodes = [],
        Initializers = ImmutableDictionary<string, Tensor>.Empty,
    };

    [Fact]
    public void The_same_size_and_class_count_fit_as_do_open_dimensions()
    {
        DatasetFit.Check(Model([-1, 3, 24, 24], [-1, 4]), Images);
        DatasetFit.Check(Model([-1, 3, -1, -1], [-1, -1]), Images);
    }

    [Theory]
    [InlineData(1, 24, 4, "N×1×24×24", "N×3×24×24")]
    [InlineData(3, 32, 4, "N×3×32×32", "N×3×24×24")]
    [InlineData(3, 24, 10, "N×10", "4 classes (a, b, c, …)")]
    public void Whatever_does_not_fit_is_named_on_both_sides(int channels, int side, int classes, string model, string dataset)
    {
        var error = Assert.Throws<InvalidInputException>(() => DatasetFit.Check(Model([-1, channels, side, side], [-1, classes]), Images));
        Assert.Contains(model, error.Message, StringComparison.Ordinal);
        Assert.Contains(dataset, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_with_channels_last_is_told_how_to_be_exported()
    {
        var error = Assert.Throws<InvalidInputException>(() => DatasetFit.Check(Model([-1, 24, 24, 3], [-1, 4]), Images));
        Assert.Contains("channels first", error.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("channels first", Assert.Throws<InvalidInputException>(() => DatasetFit.Check(Model([-1, 3, 24, 32], [-1, 4]), Images)).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_with_two_inputs_is_refused()
    {
        var model = Model([-1, 3, 24, 24], [-1, 4]);
        Assert.Contains("2 inputs", Assert.Throws<InvalidInputException>(() => DatasetFit.Check(model with { Inputs = [.. model.Inputs, .. model.Inputs] }, Images)).Message, StringComparison.Ordinal);
    }
}
