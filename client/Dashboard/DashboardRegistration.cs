using Distributed.Dashboard.Components;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Distributed.Dashboard;

/// <summary>Puts the dashboard into a web application.</summary>
public static class DashboardRegistration
{
    /// <summary>A sweep file that is typed or uploaded, with room to spare.</summary>
    private const int MostBytesOfAMessage = 1024 * 1024;

    /// <summary>What the pages need. The host registers an <see cref="IDashboardSource"/>.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services, DashboardAccess access)
    {
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.MaximumReceiveMessageSize = MostBytesOfAMessage);
        // What is protected lives as long as this process: nothing secret is written to a disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddSingleton(access);
        services.AddSingleton<ClusterFigureEndpoint>();
        services.AddSingleton<CompareFigureEndpoint>();
        services.AddSingleton<FigureEndpoint>();
        services.AddSingleton<FileEndpoint>();
        services.AddHostedService<ReadAhead>();
        return services.AddFeeds();
    }

    /// <summary>What the pages share: one of each for all viewers.</summary>
    internal static IServiceCollection AddFeeds(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new FeedOptions());
        services.AddSingleton<SweepFeeds>();
        services.AddSingleton<SweepDirectory>();
        services.AddSingleton<AnalysisDesk>();
        services.AddSingleton<ReportDesk>();
        services.AddSingleton<ClusterDirectory>();
        return services;
    }

    /// <summary>The gate, the pages, the figures and the files.</summary>
    /// <param name="app">The application.</param>
    /// <param name="assets">Where the list of static files lies.</param>
    public static WebApplication MapDashboard(this WebApplication app, string assets)
    {
        app.UseMiddleware<Gate>();
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseAntiforgery();
        app.MapStaticAssets(assets);
        app.MapGet("/figures/{sweep}/{chart}", (string sweep, string chart, HttpContext context, FigureEndpoint figures) => figures.Get(sweep, chart, context));
        app.MapGet("/cluster-figures/{name}", (string name, HttpContext context, ClusterFigureEndpoint figures) => figures.Get(name, context));
        app.MapGet("/compare-figures/{name}", (string name, string? a, string? b, HttpContext context, CompareFigureEndpoint figures) => figures.Get(name, a, b, context));
        app.MapGet("/files/{sweep}/{trial:int}/{file}", (string sweep, int trial, string file, HttpContext context, FileEndpoint files) => files.Get(sweep, trial, file, context));
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }
}
