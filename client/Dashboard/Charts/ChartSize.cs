namespace Distributed.Dashboard;

/// <summary>How much of a row a chart takes on a wide screen; on a phone each takes all of it.</summary>
public enum ChartSize
{
    /// <summary>A third.</summary>
    Third,

    /// <summary>A half.</summary>
    Half,

    /// <summary>Two thirds.</summary>
    TwoThirds,

    /// <summary>All.</summary>
    Whole,
}
