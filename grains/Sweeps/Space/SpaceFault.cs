namespace Distributed.Sweeps;

/// <summary>What is wrong with a condition or a constraint of a space.</summary>
/// <param name="Parameter">The parameter whose condition it is; null for a constraint.</param>
/// <param name="Constraint">The constraint's index; null for a condition.</param>
/// <param name="Found">What was found, without a full stop.</param>
/// <param name="Remedy">What to do, with its full stop.</param>
public sealed record SpaceFault(string? Parameter, int? Constraint, string Found, string Remedy)
{
    /// <summary>"space.temperature.when", "space-constraints[1]".</summary>
    public string Place => Parameter is not null ? $"space.{Parameter}.when" : Invariant($"space-constraints[{Constraint}]");
}
