using System.Text.Json;

namespace Distributed.Client.Sessions;

/// <summary>Asks the silo's program, one short process a question.</summary>
/// <param name="program">Finds the program when it is first needed.</param>
internal sealed class SiloTools(Func<SiloProgram> program) : ISiloTools
{
    private const int BadInput = 2;

    public async Task Check(SweepSpec spec, CancellationToken cancellation)
    {
        string file = Path.Combine(Path.GetTempPath(), $"distributed-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, SweepJson.Write(spec), cancellation);
        try
        {
            await Ask(["check", file], cancellation);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public async Task<ModelInspection> Inspect(string file, CancellationToken cancellation)
    {
        string answer = await Ask(["inspect", file], cancellation);
        try
        {
            return SweepJson.Read<ModelInspection>(answer);
        }
        catch (JsonException error)
        {
            throw new SiloFailedException($"The silo's answer about '{file}' cannot be read: {error.Message} Build console and silo from the same source.");
        }
    }

    private async Task<string> Ask(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using var process = SiloProcess.Begin(program().Start(arguments));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        string answer = LastLine(await output);
        if (process.ExitCode == BadInput) throw SiloRefusal.Parse(answer) ?? SiloRefusal.Parse(LastLine(await errors)) ?? Failed(process.ExitCode, await errors);
        return process.ExitCode == 0 ? answer : throw Failed(process.ExitCode, await errors);

        Exception Failed(int code, string said) =>
            new SiloFailedException(Invariant($"The silo's '{arguments[0]}' ended with exit code {code}.\n{said.Trim()}"));
    }

    private static string LastLine(string text) => text.TrimEnd().Split('\n')[^1].Trim();
}
