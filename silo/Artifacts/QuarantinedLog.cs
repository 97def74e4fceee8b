using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>What was set aside of a damaged log.</summary>
/// <param name="Sweep">Whose log.</param>
/// <param name="Damage">What is wrong, and where.</param>
/// <param name="Kept">How many records are left: all before the damage.</param>
/// <param name="Aside">Where the damaged segment and those after it are now.</param>
public sealed record QuarantinedLog(SweepId Sweep, string Damage, long Kept, string Aside);
