using System.Diagnostics;

namespace Distributed.Silo.Serving;

/// <summary>Whether a process lives.</summary>
internal static class ProcessLife
{
    /// <summary>Whether a process of that number lives; one that has ended and is not yet reaped does not.</summary>
    public static bool IsAlive(int pid)
    {
        try
        {
            if (OperatingSystem.IsLinux()) return State(pid) is not ('Z' or 'X');
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IOException)
        {
            return false;
        }
    }

    private static char State(int pid)
    {
        string text = File.ReadAllText(Invariant($"/proc/{pid}/stat"));
        return text[text.LastIndexOf(')') + 2];
    }
}
