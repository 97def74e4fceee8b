using System.Diagnostics;
using Distributed.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Dashboard;

namespace Distributed.Client.Dashboards;

/// <summary>Orleans's own dashboard under /orleans, behind the same gate as every other page: silos, activations, calls and their times.</summary>
/// <remarks>
/// Its pages hold on to the grains that they were first given, and a silo that comes back is reached through other ones. So they live in
/// services of their own, made anew for each connection.
/// </remarks>
internal static class RuntimePages
{
    private const string Prefix = "/orleans";

    /// <summary>Maps the pages. They ask whichever silo the source has found.</summary>
    public static void MapRuntimePages(this WebApplication app, SessionSource source)
    {
        Served? last = null;
        app.Map(Prefix + "/{**rest}", async context =>
        {
            try
            {
                if (await source.Grains(context.RequestAborted) is not { } grains)
                {
                    await Say(context, $"No silo runs on {source.Place}: there is no runtime to look into.");
                    return;
                }

                var served = last;
                if (served?.Grains != grains) last = served = new(grains, app.Configuration);
                await served.Answer(context);
            }
            catch (SourceUnavailableException error)
            {
                await Say(context, error.Message);
            }
            catch (Exception error) when (error is OrleansException or TimeoutException or ObjectDisposedException or InvalidOperationException && !context.Response.HasStarted)
            {
                await Say(context, $"The silo does not answer for Orleans's dashboard: {error.Message} Silos of a cluster have it where Distributed:OrleansDashboard is true.");
            }

            // What asked is not told to the source; so it looks itself whether the silo is gone, and finds the next one.
            if (context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable) await Look(source, context.RequestAborted);
        });
    }

    private static async Task Look(SessionSource source, CancellationToken cancellation)
    {
        try
        {
            await source.Silos(cancellation);
        }
        catch (SourceUnavailableException)
        {
            // The next request finds out.
        }
    }

    private static Task Say(HttpContext context, string text)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text);
    }

    /// <summary>The pages for the grains of one connection.</summary>
    private sealed class Served
    {
        private readonly ServiceProvider _services;
        private readonly RequestDelegate _pages;

        public Served(IGrainFactory grains, IConfiguration configuration)
        {
            Grains = grains;
            ServiceCollection services = new();
            services.AddLogging();
            services.AddRouting();
            services.AddSingleton(new DiagnosticListener(nameof(RuntimePages)));
            services.AddSingleton(grains);
            // Its log page would show this process's own log, which is the terminal's.
            new Pages(services, configuration).AddDashboard(options => options.HideTrace = true);
            _services = services.BuildServiceProvider();
            ApplicationBuilder app = new(_services);
            app.UseRouting();
            app.UseEndpoints(endpoints => endpoints.MapOrleansDashboard(Prefix));
            _pages = app.Build();
        }

        public IGrainFactory Grains { get; }

        public async Task Answer(HttpContext context)
        {
            var ours = context.RequestServices;
            var scope = _services.CreateAsyncScope();
            await using (scope)
            {
                context.RequestServices = scope.ServiceProvider;
                context.SetEndpoint(null);
                context.Request.RouteValues.Clear();
                try
                {
                    await _pages(context);
                }
                finally
                {
                    context.RequestServices = ours;
                }
            }
        }
    }

    /// <summary>The place where Orleans's dashboard puts its services.</summary>
    private sealed record Pages(IServiceCollection Services, IConfiguration Configuration) : IClientBuilder;
}
