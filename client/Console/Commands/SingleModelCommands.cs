using System.CommandLine;
using Distributed.Client.Reports;

namespace Distributed.Client.Commands;

/// <summary>`model measure` and `model evaluate`: one ONNX file, no sweep.</summary>
internal static class SingleModelCommands
{
    public static Command Measure(ConsoleContext context)
    {
        var (file, json) = (File(), CommonOptions.Json());
        LatencySpec defaults = new();
        Option<string?> against = new("--against") { HelpName = "FILE", Description = "The reference beside which it is measured. Default: the model itself." };
        Option<int> batch = new("--batch-size") { Description = "Inputs in a batch.", DefaultValueFactory = _ => defaults.BatchSize };
        Option<int> threads = new("--threads") { Description = "Intra-op threads.", DefaultValueFactory = _ => defaults.Threads };
        Option<int> sessions = new("--sessions") { Description = "Sessions of each model.", DefaultValueFactory = _ => defaults.Sessions };
        foreach (var option in (Option<int>[])[batch, threads, sessions]) AtLeastOne(option);
        Command command = new("measure", "Measure the latency of an ONNX file beside another, in turn. Nothing else should run on the machine.") { file, against, batch, threads, sessions, json };
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            string model = Existing(parsed.GetValue(file)!, context);
            string reference = parsed.GetValue(against) is { } given ? Existing(given, context) : model;
            var spec = defaults with { BatchSize = parsed.GetValue(batch), Threads = parsed.GetValue(threads), Sessions = parsed.GetValue(sessions) };
            var timing = await context.Silo.Measure(model, reference, spec, cancellation);
            timing = timing with { File = context.Relative(timing.File), Against = context.Relative(timing.Against) };
            if (parsed.GetValue(json)) context.Write(timing);
            else Tell(context, timing);
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Evaluate(ConsoleContext context)
    {
        var (file, json) = (File(), CommonOptions.Json());
        ImageOptions images = new();
        Command command = new("evaluate", "Judge an ONNX classifier on a dataset: top-1 on validation, corrupted validation and test.") { file, json };
        images.AddTo(command);
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            string model = Existing(parsed.GetValue(file)!, context);
            var answer = await context.Silo.Evaluate(model, images.Of(parsed, LineageFile.Beside(model), context.WorkingDirectory), cancellation);
            answer = answer with { File = context.Relative(answer.File) };
            if (parsed.GetValue(json)) context.Write(answer);
            else Tell(context, answer);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(ConsoleContext context, ModelTiming timing)
    {
        var latency = timing.Latency;
        context.Print($"{timing.File}: {Quantity.Milliseconds(latency.MedianMs)} a batch (95th percentile {Quantity.Milliseconds(latency.P95Ms)})");
        context.Print(Invariant($"{latency.Ratio:0.000} ± {latency.RatioDeviation:0.000} of {timing.Against}; load {latency.Load:0.0}"));
        if (!latency.Settled) context.Print("It never settled: the reference moved by more than 3 % in every repetition. Measure again on an idle machine.");
    }

    private static void Tell(ConsoleContext context, ModelEvaluation answer)
    {
        context.Print(Invariant($"{answer.File}: validation {Quantity.Percent(answer.Validation)} of {answer.ValidationImages} images (corrupted {Quantity.Percent(answer.Corrupted)})"));
        context.Print(Invariant($"test {Quantity.Percent(answer.Test)} of {answer.TestImages} images"));
    }

    private static Argument<string> File() => new("FILE") { Description = "An ONNX file." };

    /// <exception cref="InvalidInputException">There is none.</exception>
    public static string Existing(string file, ConsoleContext context)
    {
        string path = Path.GetFullPath(file, context.WorkingDirectory);
        return System.IO.File.Exists(path) ? path : throw new InvalidInputException(file, "there is no such file", "Give the path of an ONNX file.");
    }

    private static void AtLeastOne(Option<int> option) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < 1) result.AddError($"{option.Name} is {result.GetValueOrDefault<int>()}; give at least 1.");
    });
}
