namespace Distributed.Silo.Executors;

/// <summary>The last lines that a process printed. Thread safe.</summary>
internal sealed class PrintedLines
{
    private const int Kept = 20;
    private readonly Queue<string> _lines = new();

    /// <summary>Keeps what comes, until the stream ends.</summary>
    public void KeepAll(StreamReader stream)
    {
        try
        {
            while (stream.ReadLine() is { } line) Keep(line);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process is gone, and so is whatever it had to say.
        }
    }

    /// <summary>Keeps one.</summary>
    public void Keep(string line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Kept) _lines.Dequeue();
        }
    }

    /// <summary>As a sentence.</summary>
    public override string ToString()
    {
        lock (_lines) return _lines.Count == 0 ? "It said nothing." : $"Its last lines: {string.Join('\n', _lines)}";
    }
}
