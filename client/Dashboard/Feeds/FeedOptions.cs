namespace Distributed.Dashboard;

/// <summary>How closely sweeps are followed.</summary>
public sealed record FeedOptions
{
    /// <summary>Viewers get at most one picture in this time. Default: 400 ms.</summary>
    public TimeSpan Throttle { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long to wait before a silo that does not answer is asked again. Default: 2 s.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a sweep that nobody looks at is still followed. Default: 5 minutes.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMinutes(5);
}
