using Distributed.Contracts;
using Microsoft.Extensions.Logging;

namespace Distributed.Grains;

internal sealed partial class SweepGrain
{
    [LoggerMessage(LogLevel.Information, "Sweep {Sweep} ended as {Status}: {Reason}")]
    private partial void LogEnded(SweepId sweep, SweepStatus status, string reason);

    [LoggerMessage(LogLevel.Information, "Sweep {Sweep}: attempt {Epoch} at trial {Trial} ended; the trial is {Status}")]
    private partial void LogAttemptEnded(SweepId sweep, TrialId trial, int epoch, TrialStatus status);

    [LoggerMessage(LogLevel.Information, "Sweep {Sweep}: attempt {Epoch} at trial {Trial} was released: {Reason}")]
    private partial void LogReleased(SweepId sweep, TrialId trial, int epoch, string reason);

    [LoggerMessage(LogLevel.Warning, "Sweep {Sweep}: attempt {Epoch} at trial {Trial} was lost: {Reason}")]
    private partial void LogLost(SweepId sweep, TrialId trial, int epoch, string reason);

    [LoggerMessage(LogLevel.Information, "Sweep {Sweep}: the completion of attempt {Epoch} at trial {Trial} was answered {Answer}; nothing was recorded")]
    private partial void LogNotRecorded(SweepId sweep, TrialId trial, int epoch, CommitAnswer answer);

    [LoggerMessage(LogLevel.Warning, "Sweep {Sweep} cannot write its log: {Reason} Trials go on; what they have to tell waits.")]
    private partial void LogWaits(SweepId sweep, string reason);

    [LoggerMessage(LogLevel.Error, "Sweep {Sweep} could not write its log; its activation ends")]
    private partial void LogBroken(Exception exception, SweepId sweep);

    [LoggerMessage(LogLevel.Error, "Sweep {Sweep} got no suggestion")]
    private partial void LogSearchFailed(Exception exception, SweepId sweep);

    [LoggerMessage(LogLevel.Warning, "Sweep {Sweep} cannot reach its optimizer and asks again: {Reason}")]
    private partial void LogOptimizerAway(SweepId sweep, string reason);

    [LoggerMessage(LogLevel.Warning, "Sweep {Sweep} could not tell the catalogue of a change")]
    private partial void LogUnannounced(Exception exception, SweepId sweep);
}
