using CsCheck;

namespace Distributed.Search.Tests;

public sealed class NonDominationTests
{
    /// <summary>Few different values, so that ties and equal points are common.</summary>
    private static readonly Gen<(double[] Losses, double Violation)[]> Trials =
        Gen.Select(Gen.Int[0, 4].Select(value => (double)value).Array[3], Gen.Int[0, 2].Select(value => (double)value)).Array[0, 30];

    [Fact]
    public void Ranks_are_what_peeling_front_by_front_gives() => Trials.Sample(trials =>
    {
        int[] ranks = NonDomination.Ranks([.. trials.Select(trial => trial.Losses)], [.. trials.Select(trial => trial.Violation)]);
        var left = Enumerable.Range(0, trials.Length).ToList();
        for (int rank = 0; left.Count > 0; rank++)
        {
            var front = left.FindAll(i => !left.Exists(j => Dominates(trials[j], trials[i])));
            Assert.All(front, i => Assert.Equal(rank, ranks[i]));
            left.RemoveAll(front.Contains);
        }
    });

    [Fact]
    public void Crowding_is_the_gap_between_the_neighbours_and_infinite_at_the_ends() =>
        Assert.Equal([double.PositiveInfinity, 1.1, 1.5, double.PositiveInfinity], NonDomination.Crowding([[0, 10], [3, 8], [5, 4], [10, 0]]), (a, b) => a == b || Math.Abs(a - b) < 1e-12);

    private static bool Dominates((double[] Losses, double Violation) a, (double[] Losses, double Violation) b) =>
        a.Violation < b.Violation || (a.Violation == b.Violation && Losses.Dominates(a.Losses, b.Losses));
}
