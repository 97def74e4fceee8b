namespace Distributed.Dashboard;

/// <summary>How fresh a picture of a sweep is.</summary>
public enum FeedConnection
{
    /// <summary>The log is being read; nothing is known yet or only a part.</summary>
    Connecting,

    /// <summary>What happens is shown within a second.</summary>
    Live,

    /// <summary>The sweep has ended: nothing will change any more.</summary>
    Ended,

    /// <summary>No silo runs on the store: the log is shown as it was left.</summary>
    Stored,

    /// <summary>The silo does not answer: the last known picture is shown, and it is asked again and again.</summary>
    Gone,

    /// <summary>There is no such sweep.</summary>
    Unknown,
}
