using System.Runtime.InteropServices;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Runs attempts for real: one runner for an executor process, one attempt at a time, all on one thread.</summary>
/// <param name="store">Where dense models are read from and files written to.</param>
/// <param name="cache">A folder for decoded images and latency tables; may be emptied at any time.</param>
/// <param name="device">Where networks are trained and judged.</param>
/// <param name="time">The clock.</param>
/// <param name="locate">Brings what a spec refers to in a store (<see cref="StoredFile"/>) to this machine and tells its path; null where there is no such.</param>
public sealed class CompressionTrialRunner(
    IArtifactStore store, string cache, TrainingDevice device, TimeProvider time, Func<StoredFile, CancellationToken, string>? locate = null) : ITrialRunner
{
    private readonly TrialWorkshop _workshop = new(store, cache, device, time, locate);

    /// <inheritdoc/>
    public TrialOutcome? Run(TrialAssignment assignment, ITrialContext context)
    {
        context.Report(new() { Phase = TrialPhase.Loading });
        try
        {
            return assignment.Trial.IsDense
                ? new BaselineTrial(_workshop, assignment, context).Run()
                : new CandidateTrial(_workshop, assignment, context).Run();
        }
        catch (ExternalException error) when (DeviceMemoryException.Is(error))
        {
            throw new DeviceMemoryException(error);
        }
    }
}
