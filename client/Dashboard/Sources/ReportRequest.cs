namespace Distributed.Dashboard;

/// <summary>A report that is asked for.</summary>
/// <param name="Sweep">The sweep.</param>
/// <param name="Trial">A completed trial.</param>
/// <param name="Dense">The sweep's dense model, completed.</param>
public sealed record ReportRequest(SweepId Sweep, TrialState Trial, TrialState Dense);
