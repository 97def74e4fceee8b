using Orleans.Placement;

namespace Distributed.Grains;

/// <summary>A grain that lives on silos that control, never on those that only work.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnControlSilosAttribute() : PlacementFilterAttribute(new OnControlSilosStrategy());
