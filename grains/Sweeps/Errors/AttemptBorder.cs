using System.Runtime.InteropServices;

namespace Distributed.Sweeps;

/// <summary>The one border at which whatever an attempt throws becomes an outcome.</summary>
public static class AttemptBorder
{
    /// <summary>Runs an attempt.</summary>
    /// <param name="attempt">What may throw.</param>
    /// <param name="context">Tells whether the attempt was cancelled.</param>
    /// <param name="unexpected">Hears of errors that nothing foresaw, before they become <see cref="FailureKind.Unexpected"/>.</param>
    /// <returns>The attempt's outcome; null when it was drained or cancelled; <see cref="TrialOutcome.Failed"/> for any error.</returns>
    public static TrialOutcome? Run(Func<TrialOutcome?> attempt, ITrialContext context, Action<Exception> unexpected)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(unexpected);
        try
        {
            return attempt();
        }
        catch (OperationCanceledException) when (context.Cancelled.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception)
        {
            // The border: whatever it was, the log shall tell it.
            var kind = KindOf(exception);
            if (kind != FailureKind.Unexpected) return new TrialOutcome.Failed(kind, exception.Message);
            unexpected(exception);
            return new TrialOutcome.Failed(kind, $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    /// <summary>
    /// What class of failure an error is. libtorch reports a failed allocation as text ("not enough memory", "out of memory"); "an illegal
    /// memory access", CUDA's name for a native fault, is none.
    /// </summary>
    public static FailureKind KindOf(Exception exception) => exception switch
    {
        AttemptFailedException failed => failed.Kind,
        InvalidInputException { IsOfStore: true } => FailureKind.Storage,
        InvalidInputException => FailureKind.InvalidInput,
        OutOfMemoryException => FailureKind.OutOfMemory,
        ExternalException when exception.Message.Contains("memory", StringComparison.OrdinalIgnoreCase)
            && !exception.Message.Contains("memory access", StringComparison.OrdinalIgnoreCase) => FailureKind.OutOfMemory,
        IOException or UnauthorizedAccessException => FailureKind.Storage,
        _ => FailureKind.Unexpected,
    };
}
