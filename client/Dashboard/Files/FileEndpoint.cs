using Microsoft.AspNetCore.Http;

namespace Distributed.Dashboard;

/// <summary>/files/SWEEP/TRIAL/NAME: what a completed trial left, hashes checked before the first byte.</summary>
internal sealed class FileEndpoint(SweepFeeds feeds, IDashboardSource source)
{
    /// <summary>Answers with model.onnx, plan.json or lineage.json, or 404.</summary>
    public async Task<IResult> Get(string sweep, int trial, string file, HttpContext context)
    {
        if (PageNames.Sweep(sweep) is not { } name) return Results.NotFound();
        using var handle = feeds.Open(name);
        await handle.Feed.Loaded.WaitAsync(context.RequestAborted);
        if (handle.Feed.View.Trial(trial)?.Artifacts is not { } left || Named(left, file) is not { } artifact) return Results.NotFound();
        context.Response.Headers["X-Content-SHA256"] = artifact.Sha256;
        return Results.Stream(await source.Open(artifact, context.RequestAborted), "application/octet-stream", Invariant($"{name}-trial-{trial}-{file}"));
    }

    private static ArtifactRef? Named(TrialArtifacts files, string file) => file switch
    {
        "model.onnx" => files.Model,
        "plan.json" => files.Plan,
        "lineage.json" => files.Lineage,
        _ => null,
    };
}
