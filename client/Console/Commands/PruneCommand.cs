using System.CommandLine;
using Distributed.Client.Rendering;
using Distributed.Client.Reports;

namespace Distributed.Client.Commands;

/// <summary>`model prune FILE`: one candidate without a sweep, by the same trials, in one short process.</summary>
internal static class PruneCommand
{
    public static Command Create(ConsoleContext context)
    {
        Argument<string> file = new("FILE") { Description = "An ONNX file." };
        Option<string> output = new("--output", "-o") { HelpName = "FILE", Description = "Where to write the pruned model: OUT.onnx, with OUT.plan.json and OUT.lineage.json beside it.", Required = true };
        var json = CommonOptions.Json();
        CandidateOptions candidate = new();
        ImageOptions images = new();
        Command command = new("prune", "Prune an ONNX classifier once: slice, recalibrate, fine-tune, judge, measure, write.") { file, output, json };
        candidate.AddTo(command);
        images.AddTo(command);
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            string model = SingleModelCommands.Existing(parsed.GetValue(file)!, context);
            string target = Path.GetFullPath(parsed.GetValue(output)!, context.WorkingDirectory);
            PrunedFiles.Check(model, target, parsed.GetValue(output)!);
            var known = LineageFile.Beside(model);
            var request = Request(model, images.Of(parsed, known, context.WorkingDirectory), known, candidate.Of(parsed));
            var pruned = await PrunedFiles.Make(target, folder => context.Silo.Prune(request with { Folder = folder }, context.Say, cancellation));
            pruned = pruned with { Model = context.Relative(pruned.Model), Plan = context.Relative(pruned.Plan), Lineage = context.Relative(pruned.Lineage) };
            if (pruned.Kept == pruned.Units && pruned.LeftOut.Count == 0) context.Say("No channel was removed: the ratio is too small for the widths that this host runs well, or 0.");
            if (parsed.GetValue(json)) context.Write(pruned);
            else PrunePage.Write(context, pruned);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A sweep of one candidate, whose baseline is the model as it is.</summary>
    private static PruningRequest Request(string model, EvaluationSpec images, LineageFile? known, Candidate candidate)
    {
        SweepSpec spec = new()
        {
            Name = new("model-prune"),
            Seed = images.Seed,
            Model = new() { Onnx = model, Mean = images.Mean, Deviation = images.Deviation },
            Dataset = images.Dataset,
            Baseline = new() { Epochs = 0 },
            Space = new([.. candidate.Values.Select(pair => new Parameter.Fixed(pair.Key, pair.Value))]),
            EarlyStopping = new() { Enabled = false },
            Budget = new() { Trials = 1 },
        };
        return new(known is null ? spec : spec with { Recovery = known.Spec.Recovery, Latency = known.Spec.Latency }, candidate, "");
    }
}
