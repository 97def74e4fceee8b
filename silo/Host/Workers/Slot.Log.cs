using Distributed.Contracts;
using Microsoft.Extensions.Logging;

namespace Distributed.Silo.Workers;

internal sealed partial class Slot
{
    [LoggerMessage(LogLevel.Information, "Slot {Slot} began attempt {Epoch} at trial {Trial} of sweep {Sweep}")]
    private partial void LogBegins(string slot, SweepId sweep, TrialId trial, int epoch);

    [LoggerMessage(LogLevel.Information, "Slot {Slot} ended attempt {Epoch} at trial {Trial} of sweep {Sweep}: {Ending}")]
    private partial void LogEnds(string slot, SweepId sweep, TrialId trial, int epoch, string ending);

    [LoggerMessage(LogLevel.Information, "Slot {Slot}: the end of attempt {Epoch} at trial {Trial} was answered {Answer}")]
    private partial void LogAnswered(string slot, TrialId trial, int epoch, CommitAnswer answer);

    [LoggerMessage(LogLevel.Error, "Slot {Slot} gave up telling sweep {Sweep} how attempt {Epoch} at trial {Trial} ended")]
    private partial void LogGivenUp(Exception exception, string slot, SweepId sweep, TrialId trial, int epoch);

    [LoggerMessage(LogLevel.Warning, "Slot {Slot} got no answer when it asked for work")]
    private partial void LogNoAnswer(Exception exception, string slot);

    [LoggerMessage(LogLevel.Error, "Slot {Slot} stumbled: what it did is given up, and it goes on with another executor")]
    private partial void LogStumbled(Exception exception, string slot);

    [LoggerMessage(LogLevel.Error, "Slot {Slot} killed its executor: in attempt {Epoch} at trial {Trial} of sweep {Sweep} nothing moved for {Still}, {Phase}")]
    private partial void LogStalled(string slot, SweepId sweep, TrialId trial, int epoch, string phase, TimeSpan still);

    [LoggerMessage(LogLevel.Error, "Slot {Slot} could not start its executor")]
    private partial void LogNotStarted(Exception exception, string slot);
}
