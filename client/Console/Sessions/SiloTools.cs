using System.Text;
using System.Text.Json;
using Distributed.Artifacts;

namespace Distributed.Client.Sessions;

/// <summary>Asks the silo's program, one short process a question.</summary>
/// <param name="program">Finds the program when it is first needed.</param>
internal sealed class SiloTools(Func<SiloProgram> program) : ISiloTools
{
    private const int BadInput = 2;

    /// <summary>What the last words of a silo's program begin with.</summary>
    private const string Error = "error: ";

    public Task Check(SweepSpec spec, CancellationToken cancellation) => WithFile(spec, file => Ask(["check", file], Silent, cancellation), cancellation);

    public Task<ModelInspection> Inspect(string file, CancellationToken cancellation) => Ask<ModelInspection>(["inspect", file], Silent, cancellation);

    public Task<ModelReport> Report(string model, string dense, StoreAddress? store, Action<string> tell, CancellationToken cancellation) =>
        Ask<ModelReport>(store is null ? ["report", model, dense] : ["report", model, dense, "--store", $"{store}"], tell, cancellation);

    public Task<ModelTiming> Measure(string model, string reference, LatencySpec latency, CancellationToken cancellation) =>
        WithFile(latency, file => Ask<ModelTiming>(["measure", model, reference, file], Silent, cancellation), cancellation);

    public Task<ModelEvaluation> Evaluate(string model, EvaluationSpec evaluation, CancellationToken cancellation) =>
        WithFile(evaluation, file => Ask<ModelEvaluation>(["evaluate", model, file], Silent, cancellation), cancellation);

    public Task<PrunedModel> Prune(PruningRequest request, Action<string> tell, CancellationToken cancellation) =>
        WithFile(request, file => Ask<PrunedModel>(["prune", file], tell, cancellation), cancellation);

    public Task<Attainment> Attain(AttainmentRequest request, CancellationToken cancellation) =>
        WithFile(request, file => Ask<Attainment>(["attain", file], Silent, cancellation), cancellation);

    public Task<SweepAnalysis> Analyze(AnalysisRequest request, CancellationToken cancellation) =>
        WithFile(request, file => Ask<SweepAnalysis>(["analyze", file], Silent, cancellation), cancellation);

    private static void Silent(string line)
    {
    }

    /// <summary>Hands a value over in a file that is gone afterwards.</summary>
    private static async Task<T> WithFile<TValue, T>(TValue value, Func<string, Task<T>> ask, CancellationToken cancellation)
    {
        string file = Path.Combine(Path.GetTempPath(), $"distributed-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, SweepJson.Write(value), cancellation);
        try
        {
            return await ask(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<T> Ask<T>(IReadOnlyList<string> arguments, Action<string> tell, CancellationToken cancellation)
    {
        string answer = await Ask(arguments, tell, cancellation);
        try
        {
            return SweepJson.Read<T>(answer);
        }
        catch (JsonException error)
        {
            throw new SiloFailedException($"The silo's answer to '{string.Join(' ', arguments)}' cannot be read: {error.Message} Build console and silo from the same source.");
        }
    }

    private async Task<string> Ask(IReadOnlyList<string> arguments, Action<string> tell, CancellationToken cancellation)
    {
        using var process = SiloProcess.Begin(program().Start(arguments));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = Listen(process.StandardError, tell, cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        string answer = LastLine(await output);
        var (error, said) = await errors;
        if (process.ExitCode == BadInput) throw SiloRefusal.Parse(answer) ?? Failed(process.ExitCode);
        return process.ExitCode == 0 ? answer : throw Failed(process.ExitCode);

        Exception Failed(int code) => new SiloFailedException(error.Length > 0 ? error : Invariant($"The silo's '{arguments[0]}' ended with exit code {code}.\n{said}").TrimEnd());
    }

    /// <summary>Tells the silo's progress.</summary>
    /// <returns>Its error, of which nothing was told (empty where it says none, as when it dies), and whatever else it said.</returns>
    private static async Task<(string Error, string Said)> Listen(StreamReader lines, Action<string> tell, CancellationToken cancellation)
    {
        StringBuilder error = new(), said = new();
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            if (error.Length > 0) error.Append('\n').Append(line);
            else if (line.StartsWith(Error, StringComparison.Ordinal)) error.Append(line, Error.Length, line.Length - Error.Length);
            else
            {
                said.AppendLine(line);
                tell(line);
            }
        }

        return (error.ToString().TrimEnd(), said.ToString().TrimEnd());
    }

    private static string LastLine(string text) => text.TrimEnd().Split('\n')[^1].Trim();
}
