using System.Runtime.InteropServices;
using Distributed.Compression.Training;
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
        try
        {
            context.Report(new() { Phase = TrialPhase.Loading });
            return assignment.Trial.IsDense
                ? new BaselineTrial(_workshop, assignment, context).Run()
                : new CandidateTrial(_workshop, assignment, context).Run();
        }
        catch (OperationCanceledException) when (context.Cancelled.IsCancellationRequested)
        {
            return null;
        }
        catch (InvalidInputException exception)
        {
            return new TrialOutcome.Failed(FailureKind.InvalidInput, exception.Message);
        }
        catch (NotFiniteException exception)
        {
            return new TrialOutcome.Failed(FailureKind.NotFinite, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new TrialOutcome.Failed(FailureKind.Storage, exception.Message);
        }
        catch (Exception exception) when (IsOutOfMemory(exception))
        {
            return new TrialOutcome.Failed(FailureKind.OutOfMemory, exception.Message);
        }
    }

    /// <summary>libtorch reports a failed allocation as text ("not enough memory", "out of memory").</summary>
    private static bool IsOutOfMemory(Exception exception) => exception is OutOfMemoryException
        || (exception is ExternalException && exception.Message.Contains("memory", StringComparison.OrdinalIgnoreCase));
}
