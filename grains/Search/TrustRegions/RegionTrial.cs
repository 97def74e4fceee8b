namespace Distributed.Search;

/// <summary>A closed trial as trust regions look at it.</summary>
/// <param name="Trial">The trial; it has a candidate.</param>
/// <param name="IsForeign">Whether it is of an earlier sweep.</param>
/// <param name="Point">Its candidate in the unit cube.</param>
/// <param name="Losses">One for each objective, finite; null for a trial without a result.</param>
/// <param name="Violation">How far it breaks the constraints; infinite without a result.</param>
internal sealed record RegionTrial(Observation Trial, bool IsForeign, double[] Point, double[]? Losses, double Violation)
{
    public bool IsFeasible => Violation == 0;
}
