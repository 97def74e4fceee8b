using System.CommandLine;

namespace Distributed.Client.Commands;

/// <summary>`data push` and `model push`: into the store under the content's hash, for sweep files to refer to.</summary>
internal static class PushCommands
{
    public static Command Data(ConsoleContext context) => new("data", "Put datasets into a store.")
    {
        Push(context, "Put a dataset into the store once, and print what sweep files refer to it by ('dataset.path').", "The dataset's folder or archive."),
    };

    public static Command Model(ConsoleContext context) => Push(
        context, "Put an ONNX model into the store once, and print what sweep files refer to it by ('model.onnx').", "An ONNX file.");

    private static Command Push(ConsoleContext context, string description, string what)
    {
        Argument<string> path = new("PATH") { Description = what };
        var (store, json) = (CommonOptions.Store(), CommonOptions.Json());
        Command command = new("push", description) { path, store, json };
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            string full = Path.GetFullPath(parsed.GetValue(path)!, context.WorkingDirectory);
            if (!File.Exists(full) && !Directory.Exists(full))
                throw new InvalidInputException(full, "there is nothing at this path", "Correct it.");
            var files = await context.Sessions.Files(parsed.GetValue(store)!, make: true, cancellation);
            string reference = (await new SweepInputs(context).Push(full, files.Artifacts, cancellation))!;
            if (parsed.GetValue(json)) context.Write(new { Path = full, Reference = reference });
            else context.Print(reference);
            return ExitCode.Done;
        });
        return command;
    }
}
