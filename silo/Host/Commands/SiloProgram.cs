using System.CommandLine;
using System.Text.Json;
using Distributed.Membership;
using Distributed.Search;
using Distributed.Silo.Executors;

namespace Distributed.Silo;

/// <summary>The program: serve, executor, check, inspect, analyze, attain, report, measure, evaluate, prune.</summary>
/// <remarks>
/// Exit codes: 0 done, 1 failed, 2 bad usage or bad input, 3 what the silo needs cannot be reached. Bad input is told as one JSON object {"place", "found", "remedy"} on stdout and
/// as one line on stderr.
/// </remarks>
public static class SiloProgram
{
    private const int Failure = 1;
    private const int BadInput = 2;
    private const int Unreachable = 3;

    /// <summary>Runs a command.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="engine">What does the work of trials.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] arguments, ISiloEngine engine)
    {
        RootCommand root = new("Runs a silo of the distributed search and what belongs to it.") { ServeCommand.Create(engine), Executor(engine), Check(engine), Inspect(engine), Analyze(), Attain(), ModelTools.Report(engine), ModelTools.Measure(engine), ModelTools.Evaluate(engine), PruneCommand.Create(engine) };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
            return BadInput;
        }

        try
        {
            // The silo answers signals itself.
            return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (InvalidInputException e)
        {
            Console.WriteLine(SweepJson.Write(new { e.Place, e.Found, e.Remedy }));
            await Tell(e);
            return BadInput;
        }
        catch (ClusterUnreachableException e)
        {
            await Tell(e);
            return Unreachable;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OrleansException or SingleTrialFailedException)
        {
            await Tell(e);
            return Failure;
        }
    }

    /// <summary>The last that is said; the console takes it for no progress.</summary>
    private static Task Tell(Exception error) => Console.Error.WriteLineAsync($"error: {error.Message}");

    private static Command Executor(ISiloEngine engine)
    {
        Option<string> commands = new("--commands") { Required = true };
        Option<string> events = new("--events") { Required = true };
        Option<string> device = new("--device") { Required = true };
        Option<TimeSpan> pulse = new("--pulse") { Required = true };
        Command command = new("executor", "Runs trials for a worker; started by it.") { commands, events, device, pulse };
        command.Hidden = true;
        command.SetAction(parse => ExecutorHost.Run(
            parse.GetRequiredValue(commands),
            parse.GetRequiredValue(events),
            parse.GetRequiredValue(pulse),
            () => engine.Runner(ExecutorStore.Open(), CacheFolder.Current, parse.GetRequiredValue(device))));
        return command;
    }

    private static Command Check(ISiloEngine engine)
    {
        Argument<string> file = new("SPEC.json");
        Command command = new("check", "Checks that a sweep's model and dataset can be used together.") { file };
        command.SetAction(parse => Console.WriteLine(Json(engine.Check(ReadSpec(parse.GetRequiredValue(file)), CacheFolder.Current))));
        return command;
    }

    private static Command Inspect(ISiloEngine engine)
    {
        Argument<string> file = new("FILE.onnx");
        Command command = new("inspect", "Tells layers, costs and families of a model.") { file };
        command.SetAction(parse => Console.WriteLine(Json(engine.Inspect(parse.GetRequiredValue(file)))));
        return command;
    }

    private static Command Analyze()
    {
        Argument<string> file = new("REQUEST.json");
        Command command = new("analyze", "Tells hypervolume history, parameter importance and calibration of a sweep's trials.") { file };
        command.SetAction(parse => Console.WriteLine(Json(SweepAnalyzer.Of(ModelTools.Read<AnalysisRequest>(parse.GetRequiredValue(file))))));
        return command;
    }

    private static Command Attain()
    {
        Argument<string> file = new("REQUEST.json");
        Command command = new("attain", "Tells what one, half and all of several sweeps reach.") { file };
        command.SetAction(parse => Console.WriteLine(Json(AttainmentAnalyzer.Of(ModelTools.Read<AttainmentRequest>(parse.GetRequiredValue(file))))));
        return command;
    }

    private static string Json(object value) => JsonSerializer.Serialize(value, value.GetType(), SweepJson.Options);

    private static SweepSpec ReadSpec(string file)
    {
        try
        {
            return SweepJson.Read<SweepSpec>(File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(file, $"it cannot be read ({e.Message.TrimEnd('.')})", "Give the path of a spec as JSON.", e);
        }
        catch (JsonException e)
        {
            throw new InvalidInputException(file, $"it is no spec ({e.Message.TrimEnd('.')})", "Give a spec as the console writes it.", e);
        }
    }
}
