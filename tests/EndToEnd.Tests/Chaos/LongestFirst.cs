using Distributed.EndToEnd.Tests.Chaos;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>Begins with the collections that take longest: what is left at the end is short, and no core stands idle beside one long chain.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = [Clusters.Main, Clusters.Waiting];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Place)];

    private static int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection => Array.IndexOf(Long, collection.TestCollectionDisplayName) is var place && place < 0 ? Long.Length : place;
}
