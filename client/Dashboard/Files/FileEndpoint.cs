using Microsoft.AspNetCore.Http;

namespace Distributed.Dashboard;

/// <summary>/files/SWEEP/TRIAL/NAME: what a completed trial left, hashes checked before the first byte. Names choose among what the log tells; none becomes a path.</summary>
internal sealed class FileEndpoint(SweepFeeds feeds, IDashboardSource source, ReportDesk reports)
{
    /// <summary>Answers with model.onnx, plan.json, lineage.json or report.json; 404 where there is none, 410 where it is damaged, 503 where the store does not answer.</summary>
    public async Task<IResult> Get(string sweep, int trial, string file, HttpContext context)
    {
        if (PageNames.Sweep(sweep) is not { } name) return Results.NotFound();
        if (file == "report.json") return Report(name, trial, context);
        using var handle = feeds.Open(name);
        await handle.Feed.Loaded.WaitAsync(context.RequestAborted);
        if (handle.Feed.View.Trial(trial)?.Artifacts is not { } left || Named(left, file) is not { } artifact) return Results.NotFound();
        try
        {
            var content = await source.Open(artifact, context.RequestAborted);
            context.Response.Headers["X-Content-SHA256"] = artifact.Sha256;
            context.Response.ContentLength = artifact.Bytes;
            return Results.Stream(content, "application/octet-stream", Invariant($"{name}-trial-{trial}-{file}"));
        }
        catch (ArtifactCorruptException error)
        {
            return Refused(error.Message, StatusCodes.Status410Gone);
        }
        catch (Exception error) when (error is SourceUnavailableException or StoreUnavailableException)
        {
            return Refused(error.Message, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private IResult Report(SweepId sweep, int trial, HttpContext context)
    {
        if (trial < 0 || reports.Find(sweep, new(trial)) is not { Report: not null } made) return Results.NotFound();
        context.Response.Headers["X-Content-SHA256"] = made.Sha256;
        return Results.Bytes(made.Json, "application/json", Invariant($"{sweep}-trial-{trial}-report.json"));
    }

    /// <summary>Plain text, never a page: nothing in it is read as markup.</summary>
    private static IResult Refused(string message, int status) => Results.Text(message, "text/plain; charset=utf-8", statusCode: status);

    private static ArtifactRef? Named(TrialArtifacts files, string file) => file switch
    {
        "model.onnx" => files.Model,
        "plan.json" => files.Plan,
        "lineage.json" => files.Lineage,
        _ => null,
    };
}
