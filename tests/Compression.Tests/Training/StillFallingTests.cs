using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Training;

public sealed class StillFallingTests
{
    private static readonly float[] Noise = Draw();

    [Fact]
    public void A_loss_that_falls_to_the_end_is_still_falling() =>
        Assert.True(StillFalling.Judge([.. Noise.Select((value, i) => value + 2 - (i / 150f))]));

    [Fact]
    public void A_flat_noisy_loss_and_a_rising_one_are_not()
    {
        Assert.False(StillFalling.Judge([.. Noise.Select(value => value + 1)]));
        Assert.False(StillFalling.Judge([.. Noise.Select((value, i) => value + 1 + (i / 150f))]));
    }

    [Fact]
    public void A_loss_that_fell_and_then_settled_is_not() =>
        Assert.False(StillFalling.Judge([.. Noise.Select((value, i) => value + 1 + (float)Math.Exp(-i / 15.0))]));

    [Fact]
    public void Of_a_few_steps_nothing_is_said() => Assert.False(StillFalling.Judge([3, 2, 1]));

    private static float[] Draw()
    {
        var random = new SeededRandom(1, "losses");
        return [.. Enumerable.Range(0, 200).Select(_ => (float)(0.02 * random.NextNormal()))];
    }
}
