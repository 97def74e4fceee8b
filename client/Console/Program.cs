using Distributed.Client.Commands;
using Distributed.Client.Sessions;
using Spectre.Console;

const int PipedWidth = 160;
using Interruptions interruptions = new();
var output = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Out) });
if (Console.IsOutputRedirected) output.Profile.Width = PipedWidth;
return await ConsoleCommands.Run(args, new()
{
    Output = output,
    Lines = Console.Out,
    Messages = AnsiConsole.Create(new()
    {
        Out = new AnsiConsoleOutput(Console.Error),
        Interactive = Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Detect,
    }),
    Sessions = new StoreSessions(SiloProgram.Find, TimeProvider.System, interruptions.Second),
    Silo = new SiloTools(SiloProgram.Find),
    Interrupted = interruptions.First,
    Abandoned = interruptions.Second,
    Time = TimeProvider.System,
    WorkingDirectory = Environment.CurrentDirectory,
});
