using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Distributed.Silo.Telemetry;

/// <summary>Logs into a file; where nothing can be written the line is lost. When it is full it becomes "….1", and the one before that is forgotten.</summary>
[ProviderAlias("File")]
internal sealed class FileLog(string path, TimeProvider time, long largestBytes = FileLog.DefaultBytes) : ILoggerProvider
{
    private const long DefaultBytes = 8 << 20;
    private readonly Lock _lock = new();
    private StreamWriter? _writer;

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
        lock (_lock) Forget();
    }

    private void Write(string category, LogLevel level, string text, Exception? error)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {level,-11} {category}: {text}");
        lock (_lock)
        {
            try
            {
                _writer ??= Open();
                _writer.WriteLine(line);
                if (error is not null) _writer.WriteLine(error);
                _writer.Flush();
                if (_writer.BaseStream.Length >= largestBytes) Roll();
            }
            catch (IOException)
            {
                // The store is full, or away: who logs has other work to do, and the store's own errors tell of it. What the writer still
                // holds would fail again.
                Forget();
            }
        }
    }

    private void Forget()
    {
        try
        {
            _writer?.Dispose();
        }
        catch (IOException)
        {
            // The same again; the file itself is closed by then.
        }

        _writer = null;
    }

    private StreamWriter Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite), new UTF8Encoding(false));
    }

    private void Roll()
    {
        _writer?.Dispose();
        _writer = null;
        File.Move(path, path + ".1", overwrite: true);
    }

    private sealed class Category(FileLog file, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            file.Write(name, logLevel, formatter(state, exception), exception);
    }
}
