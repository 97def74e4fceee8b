namespace Distributed.Search;

/// <summary>A monotone map under which a metric is modelled.</summary>
internal interface ILens
{
    /// <summary>A value and its variance as they are modelled.</summary>
    (double Value, double Variance) Through(double value, double variance);

    /// <summary>The value behind what is modelled.</summary>
    double Back(double modelled);
}
