using Distributed.Client.Commands;
using Distributed.Client.Sessions;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console.Testing;

namespace Distributed.Client.Tests.Samples;

/// <summary>Runs command lines in this process, on fakes.</summary>
internal sealed class CommandLine : IDisposable
{
    private readonly CancellationTokenSource _interrupt = new();

    public FakeSessions Sessions { get; } = new();

    /// <summary>What commands act on: sessions as given, a silo that plays a script.</summary>
    public static ConsoleContext Context(ISessions sessions) => new()
    {
        Output = new TestConsole(),
        Lines = TextWriter.Null,
        Messages = new TestConsole(),
        Sessions = sessions,
        Silo = sessions as ISiloTools ?? new FakeSessions(),
        Time = TimeProvider.System,
        WorkingDirectory = ".",
    };

    public FakeTimeProvider Time { get; } = new(SampleSweep.Start.AddMinutes(1));

    public string Folder { get; } = Directory.CreateTempSubdirectory("client-tests-").FullName;

    public string Output { get; private set; } = "";

    public string Messages { get; private set; } = "";

    public string Lines { get; private set; } = "";

    public async Task<int> Run(params string[] arguments)
    {
        TestConsole output = new();
        TestConsole messages = new();
        output.Profile.Width = messages.Profile.Width = 150;
        StringWriter lines = new();
        int code = await ConsoleCommands.Run(arguments, new()
        {
            Output = output,
            Lines = lines,
            Messages = messages,
            Sessions = Sessions,
            Silo = Sessions,
            Interrupted = _interrupt.Token,
            Time = Time,
            WorkingDirectory = Folder,
        });
        (Output, Messages, Lines) = (output.Output, messages.Output, lines.ToString());
        return code;
    }

    /// <summary>A sweep file that gives <see cref="SampleSweep.Spec"/>.</summary>
    public string File(string? more = null)
    {
        string path = Path.Combine(Folder, "sample.yaml");
        System.IO.File.WriteAllText(path, """
            model: { zoo: lenet }
            dataset: { format: shapes }
            space: { ratio: { real: [0, 0.8] }, criterion: [l1, taylor] }
            budget: { trials: 6 }
            """ + "\n" + more);
        return path;
    }

    public void Interrupt() => _interrupt.Cancel();

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        _interrupt.Dispose();
    }
}
