using CsCheck;
using Distributed.Compression.Sparsity;

namespace Distributed.Compression.Tests.Sparsity;

public sealed class MaskTests
{
    private static readonly Gen<float[][]> Layers = Gen.Float[0, 9].Select(score => MathF.Round(score)).Array[1, 60].Array[1, 5];
    private static readonly Gen<double> Ratio = Gen.Int[0, 999].Select(part => part / 1000.0);

    [Fact]
    public void Of_all_layers_together_exactly_the_stated_part_goes_and_no_layer_is_emptied() => Gen.Select(Layers, Ratio).Sample((layers, ratio) =>
    {
        bool[][] stays = UnstructuredMask.Overall(layers, ratio);
        int all = layers.Sum(layer => layer.Length);
        Assert.Equal(layers.Select(layer => layer.Length), stays.Select(mask => mask.Length));
        Assert.Equal(Math.Min((int)Math.Round(ratio * all, MidpointRounding.AwayFromZero), all - layers.Length), stays.Sum(Zeros));
        Assert.All(stays, mask => Assert.Contains(true, mask));
        Assert.All(layers.Zip(stays), pair => Assert.True(pair.Second[Array.IndexOf(pair.First, pair.First.Max())]));
    });

    [Fact]
    public void Of_each_layer_exactly_the_stated_part_goes() => Gen.Select(Layers, Ratio).Sample((layers, ratio) =>
    {
        foreach (var (layer, mask) in layers.Zip(UnstructuredMask.PerLayer(layers, ratio)))
            Assert.Equal(Math.Min((int)Math.Round(ratio * layer.Length, MidpointRounding.AwayFromZero), layer.Length - 1), Zeros(mask));
    });

    [Fact]
    public void What_goes_is_nowhere_better_than_what_stays() => Gen.Select(Layers, Ratio).Sample((layers, ratio) =>
    {
        bool[][] overall = UnstructuredMask.Overall(layers, ratio);
        float[] gone = [.. layers.SelectMany((layer, i) => layer.Where((_, j) => !overall[i][j]))];
        // The best weight of a layer stays whatever its score, so it is no measure.
        float[] kept = [.. layers.SelectMany((layer, i) => layer.Where((_, j) => overall[i][j] && j != Array.IndexOf(layer, layer.Max())))];
        if (gone.Length > 0 && kept.Length > 0) Assert.True(gone.Max() <= kept.Min());
    });

    [Fact]
    public void Of_every_four_neighbours_along_the_input_axis_exactly_two_stay_and_they_are_the_best() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[0, 1], Gen.Int[0, 1000]).Sample((outputs, groups, kernel, axis, seed) =>
        {
            int[] shape = axis == 1 ? [outputs, 4 * groups, kernel] : [4 * groups, outputs, kernel];
            var random = new Distributed.Sweeps.SeededRandom((ulong)seed, "tests/scores");
            float[] scores = [.. Enumerable.Range(0, shape[0] * shape[1] * shape[2]).Select(_ => (float)random.NextDouble())];
            bool[] stays = GroupedMask.Of(scores, [.. shape], axis, keep: 2, of: 4)!;
            int Place(int output, int input, int k) => axis == 1 ? (((output * shape[1]) + input) * kernel) + k : (((input * shape[1]) + output) * kernel) + k;
            for (int output = 0; output < outputs; output++)
            {
                for (int k = 0; k < kernel; k++)
                {
                    for (int first = 0; first < 4 * groups; first += 4)
                    {
                        int[] four = [.. Enumerable.Range(first, 4).Select(input => Place(output, input, k))];
                        Assert.Equal(2, four.Count(place => stays[place]));
                        Assert.Equal(four.OrderByDescending(place => scores[place]).Take(2).Order(), four.Where(place => stays[place]).Order());
                    }
                }
            }
        });

    [Fact]
    public void Where_the_input_axis_is_no_multiple_of_four_nothing_goes() => Assert.Null(GroupedMask.Of(new float[18], [2, 3, 3], 1, 2, 4));

    private static int Zeros(bool[] mask) => mask.Count(stays => !stays);
}
