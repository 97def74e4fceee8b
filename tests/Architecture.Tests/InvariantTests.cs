namespace Distributed.Architecture.Tests;

public sealed class InvariantTests
{
    /// <summary>Invariant 5: the test split never influences a choice.</summary>
    [Theory, InlineData("Distributed.Search"), InlineData("Distributed.Grains")]
    public void Nothing_that_chooses_reads_the_test_accuracy(string assembly) =>
        Assert.DoesNotContain("Distributed.Sweeps.Measurement.get_TestAccuracy", MemberUse.Of(assembly));

    [Fact]
    public void What_shows_results_reads_the_test_accuracy() =>
        Assert.Contains("Distributed.Sweeps.Measurement.get_TestAccuracy", MemberUse.Of("Distributed.Client"));

    /// <summary>Invariant 7: no grain turn blocks.</summary>
    [Fact]
    public void No_grain_blocks_its_turn()
    {
        string[] blocking =
        [
            "System.Threading.Tasks.Task.Wait", "System.Threading.Tasks.Task.WaitAll", "System.Threading.Tasks.Task.WaitAny",
            "System.Threading.Tasks.Task`1.get_Result", "System.Threading.Tasks.ValueTask`1.get_Result", "System.Threading.Thread.Join",
            "System.Threading.SemaphoreSlim.Wait", "System.Threading.ManualResetEventSlim.Wait", "System.Threading.WaitHandle.WaitOne",
            "System.Threading.Monitor.Wait",
        ];
        Assert.Empty(MemberUse.Of("Distributed.Grains").Intersect(blocking));
    }
}
