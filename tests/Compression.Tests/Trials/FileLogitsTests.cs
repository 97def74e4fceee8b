using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Tests.Graph;
using Distributed.Compression.Trials;

namespace Distributed.Compression.Tests.Trials;

public sealed class FileLogitsTests
{
    [Fact]
    public void A_file_whose_batch_is_fixed_answers_as_one_that_takes_any()
    {
        var network = Models.Small("resnet-8");
        int[] shape = [.. network.Inputs[0].Shape];
        ImageSet images = new([.. Enumerable.Range(0, 19 * shape[1] * shape[2] * shape[3]).Select(i => (byte)(i * 37))], new int[19], shape[1], shape[2], shape[3], ["a", "b"]);
        Normalization plain = new([0, 0, 0], [1, 1, 1]);
        using OnnxEvaluator open = new(OnnxWriter.ToBytes(network));
        using OnnxEvaluator fixedBatch = new(OnnxWriter.ToBytes(network with { Inputs = [network.Inputs[0] with { Shape = [4, .. shape[1..]] }] }));
        Assert.Equal((null, 4), (open.FixedBatch, fixedBatch.FixedBatch));

        var expected = FileLogits.Of(open, images, plain).Select(logits => logits.ToArray()).ToList();
        var found = FileLogits.Of(fixedBatch, images, plain).Select(logits => logits.ToArray()).ToList();

        Assert.Equal(19, found.Count);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, (a, b) => Math.Abs(a - b) <= 1e-4 * (1 + Math.Abs(a))));
    }
}
