using Distributed.Client.Sessions;
using Spectre.Console;

namespace Distributed.Client.Commands;

/// <summary>What commands act on.</summary>
internal sealed record ConsoleContext
{
    /// <summary>Standard output, for tables and plots.</summary>
    public required IAnsiConsole Output { get; init; }

    /// <summary>Standard output, for lines that other programs read.</summary>
    public required TextWriter Lines { get; init; }

    /// <summary>Standard error, for progress and messages.</summary>
    public required IAnsiConsole Messages { get; init; }

    /// <summary>Which cluster is spoken to; null where there can be none.</summary>
    public ClusterChoice? Cluster { get; init; }

    /// <summary>The stores.</summary>
    public required ISessions Sessions { get; init; }

    /// <summary>The silo's one-shot answers.</summary>
    public required ISiloTools Silo { get; init; }

    /// <summary>Cancelled by the first Ctrl-C: pause, or leave where nothing can be paused.</summary>
    public CancellationToken Interrupted { get; init; }

    /// <summary>Cancelled by the second Ctrl-C: leave at once.</summary>
    public CancellationToken Abandoned { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>What paths in the output are relative to.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Now.</summary>
    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Writes one object on one line.</summary>
    public void Write<T>(T value) => Lines.WriteLine(SweepJson.Write(value));

    /// <summary>A message for the user on standard error, never wrapped.</summary>
    public void Say(string message) => Messages.Profile.Out.Writer.WriteLine(message);

    /// <summary>A line for the user on standard output, never wrapped.</summary>
    public void Print(string line) => Output.Profile.Out.Writer.WriteLine(line);

    /// <summary>A path as it is shown: relative to the working directory, with slashes.</summary>
    public string Relative(string path) => Path.GetRelativePath(WorkingDirectory, path).Replace('\\', '/');
}
