namespace Distributed.Search;

/// <summary>Goes uphill from a candidate.</summary>
internal interface IClimb
{
    /// <summary>A candidate near the start that promises at least as much.</summary>
    Scored From(Scored start);
}
