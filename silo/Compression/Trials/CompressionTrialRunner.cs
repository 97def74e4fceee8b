using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Runs attempts for real: one runner for an executor process, one attempt at a time, all on one thread.</summary>
/// <param name="store">Where dense models are read from and files written to.</param>
/// <param name="cache">A folder for decoded images and latency tables; may be emptied at any time.</param>
/// <param name="time">The clock.</param>
public sealed class CompressionTrialRunner(IArtifactStore store, string cache, TimeProvider time) : ITrialRunner
{
    private readonly TrialWorkshop _workshop = new(store, cache, time);

    /// <inheritdoc/>
    public TrialOutcome? Run(TrialAssignment assignment, ITrialContext context)
    {
        context.Report(new() { Phase = TrialPhase.Loading });
        return assignment.Trial.IsDense
            ? new BaselineTrial(_workshop, assignment, context).Run()
            : new CandidateTrial(_workshop, assignment, context).Run();
    }
}
