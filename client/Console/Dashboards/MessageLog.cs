using Distributed.Client.Commands;
using Microsoft.Extensions.Logging;

namespace Distributed.Client.Dashboards;

/// <summary>Puts the web server's errors on standard error, one line each; everything less stays unsaid. Addresses with their tokens are never among them.</summary>
internal sealed class MessageLog(ConsoleContext context) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) context.Say($"dashboard: {formatter(state, exception)}{(exception is null ? "" : $" {exception.GetType().Name}: {exception.Message}")}");
    }

    public void Dispose()
    {
    }
}
