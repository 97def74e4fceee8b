using System.CommandLine;

namespace Distributed.Benchmarks;

/// <summary>One thing that is measured: a command of its own.</summary>
internal interface IBenchmark
{
    /// <summary>The command, with its options; its action returns 0, or 1 when a limit is not kept.</summary>
    Command Command();
}
