using System.CommandLine;
using Distributed.Client.Rendering;
using Distributed.Client.Sessions;

namespace Distributed.Client.Commands;

/// <summary>`sweep analyze`: what can be learnt from a sweep beside its front.</summary>
/// <remarks>The silo's program computes it in one short process, so that it works the same whether a silo runs on the store or not.</remarks>
internal static class AnalyzeCommand
{
    public static Command Create(ConsoleContext context)
    {
        Argument<string[]> sweeps = new("SWEEP") { Description = "The names of sweeps; 'sweep list' shows them.", Arity = ArgumentArity.OneOrMore };
        Option<bool> attainment = new("--attainment") { Description = "What one, half and all of several sweeps reach: the same search with other seeds." };
        var (store, json) = (CommonOptions.Store(), CommonOptions.Json());
        Command command = new("analyze", "Show how the hypervolume grew, which parameters matter, and how good the search's model is.") { sweeps, store, json, attainment };
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            await using var session = await context.Sessions.Open(parsed.GetValue(store)!, cancellation);
            List<SweepPicture> pictures = [];
            foreach (string name in parsed.GetValue(sweeps)!) pictures.Add(await SweepCommands.Find(session, new(name), cancellation));
            if (parsed.GetValue(attainment)) await TellAttainment(context, pictures, parsed.GetValue(json), cancellation);
            else foreach (var picture in pictures) await Tell(context, picture.State, parsed.GetValue(json), cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task Tell(ConsoleContext context, SweepState state, bool json, CancellationToken cancellation)
    {
        var analysis = await context.Silo.Analyze(RequestOf(state), cancellation);
        if (json) context.Write(analysis);
        else context.Output.Write(AnalysisPage.Of(analysis, state.Spec!.Objectives));
    }

    private static async Task TellAttainment(ConsoleContext context, IReadOnlyList<SweepPicture> pictures, bool json, CancellationToken cancellation)
    {
        var request = AttainmentQuestion.Of(pictures);
        var answer = await context.Silo.Attain(request, cancellation);
        if (json) context.Write(answer);
        else context.Output.Write(AttainmentPage.Of(answer, request.Objectives));
    }

    private static AnalysisRequest RequestOf(SweepState state) => state.Profile is { } profile
        ? new(state.Spec!, profile, state.Trials, state.WarmStart)
        : throw new InvalidInputException(state.Spec!.Name.Value, "its dense baseline is not measured yet", "Wait until the first trials are completed.");
}
