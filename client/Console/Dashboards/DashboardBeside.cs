using System.Net;
using Distributed.Client.Commands;

namespace Distributed.Client.Dashboards;

/// <summary>A dashboard on loopback beside another command.</summary>
/// <param name="context">What the command acts on.</param>
/// <param name="store">The store that it shows.</param>
internal sealed class DashboardBeside(ConsoleContext context, string store)
{
    /// <summary>Serves the dashboard while a command runs and, when it ended by itself, until Ctrl-C.</summary>
    /// <param name="port">Where; 0 for a free port.</param>
    /// <param name="page">The page to open in a browser, or null to open none.</param>
    /// <param name="command">The command.</param>
    /// <returns>The command's exit code.</returns>
    public async Task<int> Run(int port, string? page, Func<Task<int>> command)
    {
        await using var host = await DashboardHost.Start(context, store, new(IPAddress.Loopback, port), context.Interrupted);
        context.Say($"The dashboard is at {host.Address}{page}");
        if (page is not null) Browser.Open(context, host.Address + page);
        int code = await command();
        if (context.Interrupted.IsCancellationRequested) return code;
        context.Say($"The dashboard stays at {host.Address}{page}; Ctrl-C ends it.");
        await DashboardHost.Until(context.Interrupted);
        return code;
    }
}
