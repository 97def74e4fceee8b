using Microsoft.AspNetCore.Http;

namespace Distributed.Dashboard;

/// <summary>/compare-figures/NAME?a=SWEEP&amp;b=SWEEP: two sweeps in one picture.</summary>
internal sealed class CompareFigureEndpoint(SweepFeeds feeds)
{
    /// <summary>Answers with "fronts" or "hypervolumes", 204 where nothing is measured yet, or 404.</summary>
    public async Task<IResult> Get(string name, string? a, string? b, HttpContext context)
    {
        if (name is not ("fronts" or "hypervolumes") || PageNames.Sweep(a) is not { } first || PageNames.Sweep(b) is not { } second) return Results.NotFound();
        using FeedHandle one = feeds.Open(first), other = feeds.Open(second);
        await Task.WhenAll(one.Feed.Loaded, other.Feed.Loaded).WaitAsync(context.RequestAborted);
        if (one.Feed.View.Spec is null || other.Feed.View.Spec is null) return Results.NotFound();
        Comparison comparison = new(one.Feed.View, other.Feed.View);
        context.Response.Headers.CacheControl = "no-store";
        return (name == "fronts" ? ComparisonFigures.Fronts(comparison) : ComparisonFigures.Hypervolumes(comparison)) is { } figure
            ? Results.Bytes(FigureJson.Write(figure), "application/json")
            : Results.NoContent();
    }
}
