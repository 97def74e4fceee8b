using Distributed.Client.Rendering;
using Distributed.Client.Reports;
using Distributed.Client.Selection;
using Distributed.Client.Sessions;

namespace Distributed.Client.Commands;

/// <summary>Writes the models of a finished sweep's front and shows it.</summary>
internal sealed class FrontReport(ConsoleContext context)
{
    /// <summary>Writes files, then the table and the plot, or the JSON object.</summary>
    public async Task Write(SweepPicture picture, IArtifactStore artifacts, RunRequest request)
    {
        var spec = picture.State.Spec!;
        var view = FrontView.Of(picture.State);
        string folder = Path.GetFullPath(request.Output ?? $"{spec.Name}-front", context.WorkingDirectory);
        var written = await ModelFiles.WriteAll(view.Models, artifacts, folder, context.Abandoned);
        var files = written.ToDictionary(pair => pair.Key, pair => context.Relative(pair.Value));
        if (request.Json) context.Write(RunReport.Of(picture, files, context.Now));
        else Show(picture, view, files);
        if (ReferencePoint.Unreached(picture.State) is { } unreached) context.Say($"The hypervolume is 0: {unreached}.");
        if (view.Nearest is { Measurement: { } nearest } trial)
            context.Say($"No model meets every constraint. The nearest is trial {trial.Id}: {Feasibility.Missed(nearest, Feasibility.BoundsOf(spec))}. "
                + $"'model pull {spec.Name} --trial {trial.Id}' writes it.");
    }

    private void Show(SweepPicture picture, FrontView view, Dictionary<TrialId, string> files)
    {
        context.Output.Write(FrontPlot.Of(view, context.Output.Profile.Width));
        context.Print("");
        context.Output.Write(FrontTable.Of(view, picture.State.Profile));
        var counts = TrialCounts.Of(picture);
        context.Print(Invariant(
            $"{counts.Completed} trials completed, {counts.Stopped} stopped early, {counts.Failed} failed in {Quantity.Clock(picture.ElapsedAt(context.Now))}; hypervolume {picture.State.Hypervolume:0.####}."));
        foreach (string path in files.Values) context.Print(path);
    }
}
