namespace Distributed.Sweeps.Tests;

public sealed class LayerCostTests
{
    [Fact]
    public void The_layers_add_up_to_the_model()
    {
        int[] widths = [8, 16];
        var layers = LayerCost.Of(Profiles.Small, widths);
        var whole = new CostModel(Profiles.Small);
        Assert.Equal(whole.At(widths).Macs, layers.Sum(layer => layer.Macs));
        Assert.Equal(whole.At(widths).Parameters, layers.Sum(layer => layer.Parameters));
        Assert.Equal(whole.Microseconds(widths), layers.Sum(layer => layer.Microseconds ?? 0), 9);
    }

    [Fact]
    public void A_layer_without_a_surface_has_no_time() =>
        Assert.Equal(new LayerCost("linear", "Conv", 64, 10, 640, 650, null), LayerCost.Of(Profiles.Small, [8, 16])[2]);
}
