using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Distributed.Dashboard;

/// <summary>/figures/SWEEP/CHART: drawn and packed once for every picture of a sweep, however many look at it.</summary>
internal sealed class FigureEndpoint(SweepFeeds feeds)
{
    private const int MostKept = 256;
    private readonly ConcurrentDictionary<string, Drawn> _drawn = new();

    private sealed record Drawn(long Version, byte[]? Packed);

    /// <summary>Answers with the figure, 204 where there is nothing to draw yet, or 404.</summary>
    public async Task<IResult> Get(string sweep, string chart, HttpContext context)
    {
        if (ChartCatalog.Find(chart) is not { } found || PageNames.Sweep(sweep) is not { } name) return Results.NotFound();
        using var handle = feeds.Open(name);
        await Task.WhenAny(handle.Feed.Loaded, Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System, context.RequestAborted));
        var view = handle.Feed.View;
        if (view.Connection == FeedConnection.Unknown) return Results.NotFound();
        ChartQuery query = new([.. context.Request.Query.Where(pair => pair.Key != "v").OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString()))]);
        context.Response.Headers.CacheControl = "no-store";
        if (Of(view, found, query) is not { } packed) return Results.NoContent();
        context.Response.Headers.ContentEncoding = "gzip";
        return Results.Bytes(packed, "application/json");
    }

    private byte[]? Of(SweepView view, IChart chart, ChartQuery query)
    {
        string key = $"{view.Name}/{chart.Name}?{query.ToQuery()}";
        long version = chart.IsLive ? view.Version : view.Next;
        if (_drawn.TryGetValue(key, out var known) && known.Version == version) return known.Packed;
        if (_drawn.Count > MostKept) _drawn.Clear();
        byte[]? packed = chart.Draw(view, query) is { } figure ? Pack(FigureJson.Write(figure)) : null;
        _drawn[key] = new(version, packed);
        return packed;
    }

    private static byte[] Pack(byte[] json)
    {
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionLevel.Fastest)) zip.Write(json);
        return packed.ToArray();
    }
}
