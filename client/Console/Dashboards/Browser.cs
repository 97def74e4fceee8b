using System.ComponentModel;
using System.Diagnostics;
using Distributed.Client.Commands;

namespace Distributed.Client.Dashboards;

/// <summary>The user's browser.</summary>
internal static class Browser
{
    /// <summary>Opens an address, or asks the user to.</summary>
    public static void Open(ConsoleContext context, string address)
    {
        try
        {
            using var started = Process.Start(new ProcessStartInfo(address) { UseShellExecute = true });
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            context.Say($"No browser could be started ({error.Message.TrimEnd('.')}): open {address}");
        }
    }
}
