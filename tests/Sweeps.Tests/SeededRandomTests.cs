using CsCheck;

namespace Distributed.Sweeps.Tests;

public sealed class SeededRandomTests
{
    [Fact]
    public void The_stream_is_the_same_on_every_machine()
    {
        var random = new SeededRandom(42, "golden");

        Assert.Equal([GoldenStream.First, GoldenStream.Second, GoldenStream.Third], [random.NextBits(), random.NextBits(), random.NextBits()]);
    }

    [Fact]
    public void The_step_is_that_of_xoshiro256starstar()
    {
        var random = new SeededRandom(1, "any");
        random.Restore([1, 2, 3, 4]);

        Assert.Equal([11520UL, 0UL, 1509978240UL, 1215971899390074240UL], [random.NextBits(), random.NextBits(), random.NextBits(), random.NextBits()]);
    }

    [Fact]
    public void A_saved_state_goes_on_where_it_was()
    {
        var random = new SeededRandom(1, "a");
        for (int i = 0; i < 10; i++) random.NextNormal();
        var other = new SeededRandom(2, "b");
        other.Restore(random.Save());

        Assert.Equal(random.NextBits(), other.NextBits());
        Assert.Equal(random.NextSingle(), other.NextSingle());
    }

    [Fact]
    public void Seeds_and_purposes_name_independent_streams()
    {
        (ulong Seed, string Purpose)[] streams = [(1, "a"), (2, "a"), (1, "b"), (12, "/a"), (1, "2//a")];

        ulong[] first = [.. streams.Select(stream => new SeededRandom(stream.Seed, stream.Purpose).NextBits())];

        Assert.Equal(first.Length, first.Distinct().Count());
    }

    [Fact]
    public void Whole_numbers_stay_in_their_bounds_and_reach_them_all()
    {
        var random = new SeededRandom(3, "bounds");

        Assert.Equal(Enumerable.Range(-3, 7), Enumerable.Range(0, 500).Select(_ => random.Next(-3, 4)).Distinct().Order());
        Assert.Equal(0, random.Next(0));
        Assert.Equal(5, random.Next(5, 5));
        Gen.Select(Gen.Long, Gen.Long).Sample((a, b) =>
        {
            (long low, long high) = (Math.Min(a, b), Math.Max(a, b));
            long drawn = new SeededRandom(9, $"{a}/{b}").NextInt64(low, high);
            return drawn >= low && (drawn < high || low == high);
        });
    }

    [Fact]
    public void Uniform_and_normal_draws_have_their_moments()
    {
        var random = new SeededRandom(5, "moments");
        double[] uniform = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextDouble())];
        double[] normal = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextNormal())];

        Assert.InRange(uniform.Average(), 0.49, 0.51);
        Assert.All(uniform, value => Assert.InRange(value, 0, 1 - double.Epsilon));
        Assert.InRange(normal.Average(), -0.03, 0.03);
        Assert.InRange(normal.Average(value => value * value), 0.96, 1.04);
        Assert.InRange(normal.Average(value => value * value * value * value), 2.8, 3.2);
    }

    [Fact]
    public void Bytes_are_the_words_of_the_stream_in_little_endian()
    {
        byte[] bytes = new byte[11];
        new SeededRandom(42, "golden").NextBytes(bytes);

        Assert.Equal(GoldenStream.First, BitConverter.ToUInt64(bytes));
        Assert.Equal((byte)(GoldenStream.Second & 0xff), bytes[8]);
    }

    [Fact]
    public void A_state_of_zeros_is_refused() => Assert.Throws<ArgumentException>(() => new SeededRandom(1, "a").Restore([0, 0, 0, 0]));
}
