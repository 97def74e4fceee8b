using Distributed.Compression.Data;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Data;

public sealed class NormalizationTests
{
    private static readonly ImageSet Images = new([0, 255, 51, 51, 255, 0, 51, 51], [0, 0], 2, 1, 2, ["one"]);

    [Fact]
    public void Statistics_of_the_training_split_are_the_default_of_zoo_models()
    {
        var normalization = Normalization.For(new() { Zoo = "lenet" }, Images);
        Assert.Equal([0.5f, 0.2f], normalization.Mean);
        Assert.Equal([0.5f, 0.01f], normalization.Deviation);
        float[] normalised = new float[4];
        normalization.Apply(Images.Pixels.AsSpan(0, 4), normalised);
        Assert.Equal([-1f, 1f, 0f, 0f], normalised);
    }

    [Fact]
    public void An_imported_model_without_one_gets_pixels_as_they_are()
    {
        var normalization = Normalization.For(new() { Onnx = "model.onnx" }, Images);
        Assert.Equal([0f, 0f], normalization.Mean);
        Assert.Equal([1f, 1f], normalization.Deviation);
    }

    [Fact]
    public void The_models_own_must_have_a_value_for_every_channel_and_positive_deviations()
    {
        var model = new ModelSpec { Zoo = "lenet", Mean = [0.5, 0.5, 0.5], Deviation = [0.5] };
        Assert.Contains("2 channels", Assert.Throws<InvalidInputException>(() => Normalization.For(model, Images)).Message, StringComparison.Ordinal);
        var flat = new ModelSpec { Zoo = "lenet", Mean = [0.5, 0.5], Deviation = [0.5, 0] };
        Assert.Equal("model.std", Assert.Throws<InvalidInputException>(() => Normalization.For(flat, Images)).Place);
        var one = Normalization.For(new() { Zoo = "lenet", Mean = [0.4], Deviation = [0.5, 0.25] }, Images);
        Assert.Equal([0.4f, 0.4f], one.Mean);
        Assert.Equal([0.5f, 0.25f], one.Deviation);
        Assert.Equal([0.1f, 0.2f], Normalization.For(new() { Zoo = "lenet", Mean = [0.1, 0.2], Deviation = [1, 1] }, Images).Mean);
    }
}
