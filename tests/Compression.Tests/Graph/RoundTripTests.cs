using Distributed.Compression.Graph;

namespace Distributed.Compression.Tests.Graph;

public sealed class RoundTripTests
{
    [Theory]
    [MemberData(nameof(Models.ZooNames), MemberType = typeof(Models))]
    public void A_network_that_was_written_and_read_gives_the_same_bytes_and_runs(string name)
    {
        var network = Models.Small(name);
        byte[] bytes = OnnxWriter.ToBytes(network);
        var back = OnnxReader.Read(new MemoryStream(bytes), name);
        Assert.Equal(bytes, OnnxWriter.ToBytes(back));
        float[] logits = Models.Run(bytes, Models.Images(2, 1), 2, 3, 32, 32);
        Assert.Equal(20, logits.Length);
        Assert.All(logits, logit => Assert.True(float.IsFinite(logit)));
        Assert.True(logits.Distinct().Count() > 10, "logits vary");
    }

    [Theory]
    [MemberData(nameof(Models.Residual), MemberType = typeof(Models))]
    public void A_file_that_was_read_and_written_runs_as_before(string file)
    {
        string path = Models.SharedModel(file);
        foreach (int batch in (int[])[1, 8])
        {
            float[] images = Models.Images(batch, 2);
            float[] expected = Models.Run(File.ReadAllBytes(path), images, batch, 3, 32, 32);
            float[] actual = Models.Run(OnnxWriter.ToBytes(OnnxReader.Read(path)), images, batch, 3, 32, 32);
            Assert.True(Parity.MaxDifference(expected, actual) <= 1e-5);
        }
    }

    [Fact]
    public void Subnormal_weights_are_written_as_zero()
    {
        var network = Models.Small("lenet");
        float[] weights = [.. network.Floats("head.bias").Data];
        (weights[0], weights[1], weights[2]) = (1e-40f, -1e-42f, float.MinValue);
        var changed = network with { Initializers = network.Initializers.SetItem("head.bias", new FloatTensor([10], weights)) };
        float[] back = OnnxReader.Read(new MemoryStream(OnnxWriter.ToBytes(changed)), "lenet").Floats("head.bias").Data;
        Assert.Equal([0, 0, float.MinValue], back[..3]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_file_and_another_seed_another()
    {
        Assert.Equal(OnnxWriter.ToBytes(Models.Small("resnet-8")), OnnxWriter.ToBytes(Models.Small("resnet-8")));
        Assert.NotEqual(OnnxWriter.ToBytes(Models.Small("resnet-8")), OnnxWriter.ToBytes(Models.Small("resnet-8", seed: 2)));
    }
}
