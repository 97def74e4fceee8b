using Distributed.Artifacts;
using Distributed.Silo.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Distributed.Silo.Telemetry;

/// <summary>Where a silo's log goes.</summary>
internal static class LoggingRegistration
{
    /// <summary>Into the store where that is a folder: silo-logs/silo.log, or NAME.log where silos share it. In a cluster to stderr too.</summary>
    public static void AddSiloLogging(this ILoggingBuilder logging, ServeSettings settings)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Distributed", LogLevel.Information);
        // Orleans measures the first round of its watchdog from the start of the machine, and warns of it.
        logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        // A console that was killed is no trouble of the silo's: Orleans tells of its connection's end with a stack trace.
        logging.AddFilter("Orleans.Runtime.Messaging.Connection", LogLevel.Error);
        if (settings.Store is StoreAddress.Folder { Path: var folder })
            logging.AddProvider(new FileLog(Path.Combine(folder, "silo-logs", $"{(settings.IsCluster ? settings.Name : "silo")}.log"), TimeProvider.System));
        if (!settings.IsCluster) return;
        logging.AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "yyyy-MM-ddTHH:mm:ss.fffZ "));
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
