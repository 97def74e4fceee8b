namespace Distributed.Dashboard.Tests.Feeds;

public sealed class GrowingListTests
{
    [Fact]
    public void A_snapshot_keeps_what_it_saw()
    {
        GrowingList<int> list = new();
        List<IReadOnlyList<int>> snapshots = [];
        for (int i = 0; i < 100; i++)
        {
            snapshots.Add(list.Snapshot());
            list.Add(i);
        }

        for (int i = 0; i < 100; i++) Assert.Equal(Enumerable.Range(0, i), snapshots[i]);
    }
}
