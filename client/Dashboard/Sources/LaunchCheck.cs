namespace Distributed.Dashboard;

/// <summary>What became of reading a sweep file.</summary>
/// <param name="Spec">What it asks; null when something is wrong.</param>
/// <param name="Problems">Everything that is wrong, in the order of the file.</param>
public sealed record LaunchCheck(SweepSpec? Spec, IReadOnlyList<LaunchProblem> Problems);

/// <summary>One thing that is wrong in a sweep file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Length">Characters that are meant.</param>
/// <param name="Found">What was found there, without a full stop.</param>
/// <param name="Remedy">What to do, with its full stop.</param>
public sealed record LaunchProblem(int Line, int Column, int Length, string Found, string Remedy);
