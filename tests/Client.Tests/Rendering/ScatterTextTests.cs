using Distributed.Client.Rendering;

namespace Distributed.Client.Tests.Rendering;

public sealed class ScatterTextTests
{
    [Fact]
    public void Axes_end_at_what_values_can_be()
    {
        var lines = ScatterText.Draw([new(10, 0.5, 'a'), new(1000, 0.999, 'b')], 40, 9, x => Invariant($"{x:0.#}"), y => Invariant($"{100 * y:0.##} %"), most: 1);
        Assert.StartsWith("   100 % ┤", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("0 ", lines[^1].TrimStart(), StringComparison.Ordinal);
        var below = ScatterText.Draw([new(-1, 2, 'a'), new(1, 3, 'b')], 40, 9, x => Invariant($"{x:0.#}"), y => Invariant($"{y:0.##}"));
        Assert.StartsWith("    3.05 ┤", below[0], StringComparison.Ordinal);
        Assert.StartsWith("-1.1 ", below[^1].TrimStart(), StringComparison.Ordinal);
    }
}
