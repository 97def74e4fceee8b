using Distributed.Compression.Training;
using Distributed.Sweeps;
using TorchSharp;

namespace Distributed.Compression.Tests.Training;

public sealed class CutMixTests
{
    private const int Count = 6;
    private const int Size = 8;

    [Fact]
    public void Every_image_is_a_rectangle_of_another_and_the_labels_share_it_by_area()
    {
        var shares = new List<double>();
        for (int step = 0; step < 200; step++)
        {
            using var scope = torch.NewDisposeScope();
            var mixed = new CutMix(1, TrainingDevice.Cpu).Apply(Plain(), new SeededRandom(1, Invariant($"step/{step}")));
            if (mixed.Mixed is not { } labels) continue;
            float[] pixels = TrainingFixture.Values(mixed.Inputs);
            long[] others = labels.Labels.data<long>().ToArray();
            for (int image = 0; image < Count; image++)
            {
                float[] own = pixels[(image * Size * Size)..((image + 1) * Size * Size)];
                int[] foreign = [.. Enumerable.Range(0, own.Length).Where(i => own[i] != image)];
                if (others[image] == image)
                {
                    Assert.Empty(foreign);
                    continue;
                }

                Assert.All(foreign, place => Assert.Equal(others[image], own[place]));
                Assert.Equal(labels.Share, foreign.Length / (double)(Size * Size), 1e-12);
                int rows = foreign.Max(place => place / Size) - foreign.Min(place => place / Size) + 1;
                int columns = foreign.Max(place => place % Size) - foreign.Min(place => place % Size) + 1;
                Assert.Equal(rows * columns, foreign.Length);
            }

            shares.Add(labels.Share);
        }

        Assert.True(shares.Count > 100);
        Assert.True(shares.Min() < 0.1 && shares.Max() > 0.5);
    }

    [Fact]
    public void The_loss_of_mixed_labels_is_the_mean_by_share()
    {
        using var scope = torch.NewDisposeScope();
        var logits = torch.tensor([1f, 2f, 3f, 0f, 0f, 1f], [2, 3]);
        var (first, second) = (torch.tensor([0L, 2L]), torch.tensor([2L, 0L]));
        var loss = new CrossEntropy();
        double ofFirst = loss.Of(logits, new(logits, first)).item<float>(), ofSecond = loss.Of(logits, new(logits, second)).item<float>();
        Assert.NotEqual(ofFirst, ofSecond, 1e-3);
        Assert.Equal((0.7 * ofFirst) + (0.3 * ofSecond), loss.Of(logits, new(logits, first, new(second, 0.3))).item<float>(), 1e-6);
    }

    [Fact]
    public void As_many_batches_stay_whole_as_the_probability_says()
    {
        using var scope = torch.NewDisposeScope();
        var batch = Plain();
        Assert.All(Enumerable.Range(0, 20), step => Assert.Same(batch, new CutMix(0, TrainingDevice.Cpu).Apply(batch, new SeededRandom(1, Invariant($"step/{step}")))));
        int whole = Enumerable.Range(0, 300).Count(step => ReferenceEquals(batch, new CutMix(0.5, TrainingDevice.Cpu).Apply(batch, new SeededRandom(1, Invariant($"step/{step}")))));
        Assert.InRange(whole, 120, 200);
    }

    /// <summary>Image i is full of i and has label i.</summary>
    private static Batch Plain() => new(
        torch.tensor([.. Enumerable.Range(0, Count * Size * Size).Select(i => (float)(i / (Size * Size)))], [Count, 1, Size, Size]),
        torch.tensor([.. Enumerable.Range(0, Count).Select(i => (long)i)]));
}
