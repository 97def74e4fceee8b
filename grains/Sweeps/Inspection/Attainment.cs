namespace Distributed.Sweeps;

/// <summary>Fronts of the same search with several seeds, to be summed up.</summary>
/// <param name="Objectives">Two: the first is told over the second.</param>
/// <param name="Fronts">For each sweep the values of its front's members, one for each objective, in natural units.</param>
public sealed record AttainmentRequest(IReadOnlyList<Objective> Objectives, IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> Fronts);

/// <summary>What so many of the sweeps reach: the best, half of them, and all.</summary>
/// <param name="Sweeps">How many sweeps there are.</param>
/// <param name="Surfaces">The best first.</param>
public sealed record Attainment(int Sweeps, IReadOnlyList<AttainedSurface> Surfaces);

/// <summary>One summary-attainment surface.</summary>
/// <param name="Reached">By how many sweeps at least.</param>
/// <param name="Corners">Its corners, the second objective from its best on; empty when too few reach anything.</param>
public sealed record AttainedSurface(int Reached, IReadOnlyList<AttainedCorner> Corners);

/// <summary>At this value of the second objective, so many sweeps have at least this value of the first. Natural units.</summary>
public sealed record AttainedCorner(double First, double Second);
