namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>A sweep where nothing goes wrong, run when it is first asked for: what every seed is compared with. One test at a time.</summary>
internal sealed class CalmRun(Func<Task<SweepLogSeen>> run)
{
    private Task<SweepLogSeen>? _seen;

    public Task<SweepLogSeen> Get() => _seen ??= run();
}
