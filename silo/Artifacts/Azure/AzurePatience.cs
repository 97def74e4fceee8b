namespace Distributed.Artifacts;

/// <summary>How long a container that does not answer is asked again before the caller hears of it.</summary>
/// <param name="Logs">For logs: their owner is waited for, and may be another one next time.</param>
/// <param name="Artifacts">For artifacts: an attempt that cannot write its model has computed for nothing.</param>
/// <param name="Request">For a single request.</param>
internal sealed record AzurePatience(TimeSpan Logs, TimeSpan Artifacts, TimeSpan Request)
{
    /// <summary>Of those that write: an outage of minutes delays what they commit, and ends nothing.</summary>
    public static AzurePatience OfWriter { get; } = new(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(20));

    /// <summary>Of those that look: somebody sits in front of them.</summary>
    public static AzurePatience OfReader { get; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(20));
}
