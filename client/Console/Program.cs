using Distributed.Client.Commands;
using Distributed.Client.Sessions;
using Distributed.Client.Telemetry;
using Distributed.Telemetry;
using Spectre.Console;

const int PipedWidth = 160;
long begun = TimeProvider.System.GetTimestamp();
using var telemetry = ProcessTelemetry.Start("client", Invariant($"{Environment.MachineName}:{Environment.ProcessId}"));
using Interruptions interruptions = new();
var output = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Out) });
if (Console.IsOutputRedirected) output.Profile.Width = PipedWidth;
ClusterChoice cluster = new();
int code = await ConsoleCommands.Run(args, new()
{
    Output = output,
    Lines = Console.Out,
    Messages = AnsiConsole.Create(new()
    {
        Out = new AnsiConsoleOutput(Console.Error),
        Interactive = Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Detect,
    }),
    Cluster = cluster,
    Sessions = new ClusterSessions(cluster, new StoreSessions(SiloProgram.Find, TimeProvider.System, interruptions.Second), TimeProvider.System),
    Silo = new SiloTools(SiloProgram.Find),
    Interrupted = interruptions.First,
    Abandoned = interruptions.Second,
    Time = TimeProvider.System,
    WorkingDirectory = Environment.CurrentDirectory,
});
if (telemetry is not null) ClientTelemetry.Ended(telemetry.Logger, TimeProvider.System.GetElapsedTime(begun), code);
return code;
