namespace Distributed.Silo.Notifying;

/// <summary>How patient a silo is with webhooks.</summary>
internal sealed record WebhookOptions
{
    /// <summary>How long one try may take. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Tries before it is given up until the sweep's grain comes to life again. Default 10: about a quarter of an hour.</summary>
    public int Tries { get; init; } = 10;

    /// <summary>The wait after the first try; each later one is twice as long. Default 1 s.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait. Default 5 min.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a silo that is told to stop waits for what is on its way. Default 2 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);
}
