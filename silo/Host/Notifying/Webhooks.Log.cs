using Microsoft.Extensions.Logging;

namespace Distributed.Silo.Notifying;

internal sealed partial class Webhooks
{
    [LoggerMessage(LogLevel.Warning, "Notification {Id} was not taken at try {Attempt}: {Found}; the next try is in {Wait}")]
    private partial void LogTrying(string id, int attempt, string found, TimeSpan wait);

    [LoggerMessage(LogLevel.Error, "Notification {Id} was given up after {Attempt} tries: {Found}; it stays due until the sweep's grain comes to life again")]
    private partial void LogGivenUp(string id, int attempt, string found);

    [LoggerMessage(LogLevel.Error, "Notification {Id} was not sent: the sweep names the variable {Variable} as its secret, which is not set here")]
    private partial void LogNoSecret(string id, string variable);
}
