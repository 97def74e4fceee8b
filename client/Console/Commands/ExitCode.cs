namespace Distributed.Client.Commands;

/// <summary>What a command's end tells scripts.</summary>
internal static class ExitCode
{
    /// <summary>What was asked is done.</summary>
    public const int Done = 0;

    /// <summary>It was tried and failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line, a file or a value cannot be used; nothing was changed.</summary>
    public const int BadInput = 2;

    /// <summary>A silo or a store is needed and none answers.</summary>
    public const int Unreachable = 3;

    /// <summary>Interrupted; the same command goes on.</summary>
    public const int Interrupted = 130;
}
