using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Distributed.Dashboard;

/// <summary>Stands before every page, file and socket: headers that keep content at home, requests of strange sites refused, the token where one is demanded.</summary>
internal sealed class Gate(RequestDelegate next, DashboardAccess access)
{
    // 'unsafe-eval': plotly.js compiles its WebGL programs. Nothing may be loaded from, or sent to, another host.
    private const string Policy =
        "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; " +
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Lets a request through, or answers it.</summary>
    public Task Invoke(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (IsStrange(context.Request)) return Refuse(context, StatusCodes.Status403Forbidden, "Refused", "This request comes from another site.", "Open the dashboard's own address in the browser.");
        if (access.Token is not { } token) return next(context);
        if (context.Request.Query.TryGetValue("token", out var given) && token.Is(given)) return Welcome(context, token);
        if (token.IsCookie(context.Request.Cookies[access.CookieName])) return next(context);
        return Refuse(
            context, StatusCodes.Status401Unauthorized, "A token is needed",
            given.Count > 0 ? "The token in the address is not that of this dashboard." : "This dashboard listens beyond its own machine, so it asks for the token that it printed when it started.",
            "Open the whole address that 'distributed dashboard' printed: it ends in ?token=…. A restart makes a new token.");
    }

    /// <summary>A page of another origin reaching for this one; without a token also a name that was made to point here (DNS rebinding).</summary>
    private bool IsStrange(HttpRequest request)
    {
        string origin = request.Headers.Origin.ToString();
        bool foreign = origin.Length > 0 && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || !string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
        return foreign || (access.Token is null && !IsLoopback(request.Host.Host));
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Keeps a cookie and opens the same page without the token in its address.</summary>
    private Task Welcome(HttpContext context, AccessToken token)
    {
        context.Response.Cookies.Append(access.CookieName, token.Cookie, new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, IsEssential = true });
        var rest = context.Request.Query.Where(pair => pair.Key != "token").SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        context.Response.Redirect(context.Request.PathBase + context.Request.Path + QueryString.Create(rest));
        return Task.CompletedTask;
    }

    private static async Task Refuse(HttpContext context, int status, string title, string found, string remedy)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/html; charset=utf-8";
        var html = HtmlEncoder.Default;
        await context.Response.WriteAsync(
            $$"""
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{html.Encode(title)}} · Distributed</title>
            <style>:root { color-scheme: light dark } body { font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto; padding: 0 1.5rem } h1 { font-size: 1.4rem }</style>
            <h1>{{html.Encode(title)}}</h1><p>{{html.Encode(found)}}</p><p>{{html.Encode(remedy)}}</p></html>
            """,
            context.RequestAborted);
    }
}
