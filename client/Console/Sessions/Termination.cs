using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Distributed.Client.Sessions;

/// <summary>Asks a process to end, which .NET alone can only force.</summary>
internal static partial class Termination
{
    private const int Terminate = 15;

    /// <summary>Sends SIGTERM; nothing where there are no signals (there the closed input asks) or when the process has ended.</summary>
    public static void Ask(Process process)
    {
        if (!OperatingSystem.IsWindows()) _ = Signal(process.Id, Terminate);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int pid, int signal);
}
