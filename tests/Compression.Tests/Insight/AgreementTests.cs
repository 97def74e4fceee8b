using Distributed.Compression.Data;
using Distributed.Compression.Insight;

namespace Distributed.Compression.Tests.Insight;

public sealed class AgreementTests
{
    private static readonly ImageSet Images = new(new byte[5], [0, 1, 2, 0, 1], 1, 1, 1, ["a", "b", "c"]);

    [Fact]
    public void Lost_gained_and_flipped_images_are_counted_by_the_margin_of_the_dense_model()
    {
        var agreement = Agreement.Of(Images, new([0, 1, 0, 1, 2], [0.95, 1, 0.05, 0.12, 0.55]), new([0, 2, 2, 1, 0], [0, 0, 0, 0, 0]));

        Assert.Equal((5, 2, 1, 1), (agreement.Images, agreement.Same, agreement.Lost, agreement.Gained));
        Assert.Equal([1, 2, 4], agreement.Flipped);
        Assert.Equal([(1, 1), (1, 0), (0, 0), (0, 0), (0, 0), (1, 1), (0, 0), (0, 0), (0, 0), (2, 1)], agreement.Margins.Select(bin => (bin.Images, bin.Flipped)));
    }

    [Fact]
    public void Confusion_counts_true_against_predicted()
    {
        Answers answers = new([0, 1, 0, 1, 2], new double[5]);

        Assert.Equal([[1, 1, 0], [0, 1, 1], [1, 0, 0]], answers.Confusion(Images).Select(row => row.ToArray()));
        Assert.Equal(0.4, answers.Accuracy(Images));
    }
}
