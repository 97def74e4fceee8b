using System.CommandLine;
using System.Net;
using Distributed.Client.Dashboards;

namespace Distributed.Client.Commands;

/// <summary>`dashboard`: the web pages of a store's sweeps.</summary>
internal static class DashboardCommand
{
    public static Command Create(ConsoleContext context)
    {
        var (store, port) = (CommonOptions.Store(), Port());
        Option<string> listen = new("--listen")
        {
            HelpName = "ADDRESS",
            Description = "The IP address to listen on. Any but loopback demands a token, which is printed once.",
            DefaultValueFactory = _ => "127.0.0.1",
        };
        listen.Validators.Add(result =>
        {
            if (!IPAddress.TryParse(result.GetValue(listen), out _)) result.AddError("--listen must be an IP address: 127.0.0.1, 0.0.0.0, ::1.");
        });
        Option<bool> open = new("--open") { Description = "Open it in a browser." };
        Command command = new("dashboard", "Serve web pages that show sweeps as they run, and launch and steer them.") { store, port, listen, open };
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            string folder = parsed.GetValue(store)!;
            if (!context.Sessions.Exists(folder)) await using (await context.Sessions.Open(folder, cancellation)) { }
            await using var host = await DashboardHost.Start(context, folder, new(IPAddress.Parse(parsed.GetValue(listen)!), parsed.GetValue(port)), cancellation);
            context.Say($"The dashboard of '{folder}' is at {host.Address}");
            context.Say("Ctrl-C ends it; sweeps go on.");
            if (parsed.GetValue(open)) Browser.Open(context, host.Address);
            await DashboardHost.Until(cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>--dashboard of other commands.</summary>
    public static Option<bool> Beside() => new("--dashboard") { Description = "Serve the dashboard on this machine meanwhile, and afterwards until Ctrl-C." };

    /// <summary>--port N.</summary>
    public static Option<int> Port()
    {
        Option<int> port = new("--port") { HelpName = "N", Description = "The port to listen on; 0 for a free one.", DefaultValueFactory = _ => DashboardEndpoint.DefaultPort };
        port.Validators.Add(result =>
        {
            if (result.GetValue(port) is < 0 or > 65535) result.AddError("--port must be 0 to 65535.");
        });
        return port;
    }
}
