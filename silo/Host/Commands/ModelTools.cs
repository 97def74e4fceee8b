using System.CommandLine;
using System.Text.Json;
using Distributed.Artifacts;
using Distributed.Silo.Executors;

namespace Distributed.Silo;

/// <summary>What the program tells of single models, one answer a process: report, measure, evaluate. Progress is told on stderr, a line each.</summary>
internal static class ModelTools
{
    public static Command Report(ISiloEngine engine)
    {
        Argument<string> model = new("MODEL.onnx");
        Argument<string> dense = new("DENSE.onnx");
        Option<string?> store = new("--store") { Description = "Where a dataset lies that was pushed." };
        Command command = new("report", "Tells what became of a network when it was pruned.") { model, dense, store };
        command.SetAction((parse, cancellation) => Answer(engine.Report(
            parse.GetRequiredValue(model), parse.GetRequiredValue(dense), CacheFolder.Current, Locate(parse.GetValue(store)), Console.Error.WriteLine, cancellation)));
        return command;
    }

    public static Command Measure(ISiloEngine engine)
    {
        Argument<string> model = new("MODEL.onnx");
        Argument<string> against = new("REFERENCE.onnx");
        Argument<string> spec = new("LATENCY.json") { Description = "How it is measured." };
        Command command = new("measure", "Measures the latency of a model beside another.") { model, against, spec };
        command.SetAction((parse, cancellation) => Answer(engine.Measure(
            parse.GetRequiredValue(model), parse.GetRequiredValue(against), Read<LatencySpec>(parse.GetRequiredValue(spec)), cancellation)));
        return command;
    }

    public static Command Evaluate(ISiloEngine engine)
    {
        Argument<string> model = new("MODEL.onnx");
        Argument<string> spec = new("EVALUATION.json") { Description = "On what it is judged." };
        Command command = new("evaluate", "Judges a model on a dataset.") { model, spec };
        command.SetAction((parse, cancellation) => Answer(engine.Evaluate(
            parse.GetRequiredValue(model), Read<EvaluationSpec>(parse.GetRequiredValue(spec)), CacheFolder.Current, cancellation)));
        return command;
    }

    private static Func<StoredFile, CancellationToken, string>? Locate(string? store) => store is null
        ? null
        : new StoredFiles(StoreOpener.Existing(StoreAddress.Parse(store), TimeProvider.System).Artifacts, CacheFolder.Current, TimeProvider.System).Locate;

    /// <summary>Writes the answer, one JSON object on one line.</summary>
    public static Task<int> Answer(object value)
    {
        Console.WriteLine(JsonSerializer.Serialize(value, value.GetType(), SweepJson.Options));
        return Task.FromResult(0);
    }

    /// <summary>A question that the console handed over in a file.</summary>
    /// <exception cref="InvalidInputException">It cannot be read.</exception>
    public static T Read<T>(string file)
    {
        try
        {
            return SweepJson.Read<T>(File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new InvalidInputException(file, $"it cannot be read ({e.Message.TrimEnd('.')})", "Give the file as the console writes it.", e);
        }
    }
}
