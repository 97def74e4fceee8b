namespace Distributed.Search.Tests;

public sealed class MetricTextTests
{
    [Fact]
    public void Every_metric_has_a_name_of_its_own_in_sentences() => Assert.Distinct(Enum.GetValues<Metric>().Select(MetricText.Of));
}
