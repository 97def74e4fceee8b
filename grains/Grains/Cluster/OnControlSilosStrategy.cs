using Orleans.Placement;

namespace Distributed.Grains;

/// <summary>Marks grains for <see cref="OnControlSilosDirector"/>.</summary>
internal sealed class OnControlSilosStrategy() : PlacementFilterStrategy(0);
