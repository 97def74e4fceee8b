using Microsoft.AspNetCore.Http;

namespace Distributed.Dashboard.Tests.Access;

public sealed class GateTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private static readonly AccessToken Token = new(Secret);

    [Fact]
    public async Task On_loopback_no_token_is_asked_for() => Assert.Equal(200, (await Visit(null, "127.0.0.1:8400")).Response.StatusCode);

    [Fact]
    public async Task Without_a_token_a_name_that_is_not_this_machines_own_is_refused() => Assert.Equal(403, (await Visit(null, "evil.example")).Response.StatusCode);

    [Theory, InlineData(""), InlineData("?token="), InlineData("?token=0123456789abcdef0123456789abcdee"), InlineData("?token=x&token=y")]
    public async Task A_missing_or_wrong_token_is_answered_with_what_to_do(string query)
    {
        var context = await Visit(Token, "10.0.0.1:8400", query);
        Assert.Equal(401, context.Response.StatusCode);
        string page = Body(context);
        Assert.Contains("?token=", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, page, StringComparison.Ordinal);
    }

    [Theory, InlineData("/"), InlineData("/_blazor"), InlineData("/_blazor/negotiate"), InlineData("/figures/a/front"), InlineData("/files/a/0/model.onnx"), InlineData("/orleans/"), InlineData("/_framework/blazor.web.js"), InlineData("/not-found")]
    public async Task The_token_is_asked_for_whatever_is_reached_for(string path) =>
        Assert.Equal(401, (await Visit(Token, "10.0.0.1:8400", path: path)).Response.StatusCode);

    [Fact]
    public async Task The_token_is_taken_out_of_the_address_and_kept_as_a_cookie_that_is_not_the_token()
    {
        var context = await Visit(Token, "10.0.0.1:8400", $"?token={Secret}&x=1");
        Assert.Equal(302, context.Response.StatusCode);
        Assert.Equal("/sweeps/a?x=1", context.Response.Headers.Location.ToString());
        string cookie = context.Response.Headers.SetCookie.ToString();
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_opens_every_page() =>
        Assert.Equal(200, (await Visit(Token, "10.0.0.1:8400", cookie: $"distributed-dashboard-8400={Token.Cookie}")).Response.StatusCode);

    [Fact]
    public async Task The_token_as_a_cookie_opens_nothing() =>
        Assert.Equal(401, (await Visit(Token, "10.0.0.1:8400", cookie: $"distributed-dashboard-8400={Secret}")).Response.StatusCode);

    [Fact]
    public async Task A_request_of_another_sites_page_is_refused() =>
        Assert.Equal(403, (await Visit(null, "127.0.0.1:8400", origin: "http://evil.example")).Response.StatusCode);

    [Fact]
    public async Task A_request_of_its_own_pages_is_not() =>
        Assert.Equal(200, (await Visit(null, "127.0.0.1:8400", origin: "http://127.0.0.1:8400")).Response.StatusCode);

    [Fact]
    public async Task Nothing_may_be_loaded_from_elsewhere() =>
        Assert.StartsWith("default-src 'self'", (await Visit(null, "localhost")).Response.Headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_token_does_not_tell_itself() => Assert.DoesNotContain(Secret, $"{Token} {new DashboardAccess(Token, 1)}", StringComparison.Ordinal);

    [Fact]
    public void Two_tokens_differ() => Assert.NotEqual(AccessToken.Create().Text, AccessToken.Create().Text);

    private static async Task<HttpContext> Visit(AccessToken? token, string host, string query = "", string? cookie = null, string? origin = null, string path = "/sweeps/a")
    {
        DefaultHttpContext context = new();
        context.Request.Host = new(host);
        context.Request.Path = path;
        context.Request.QueryString = new(query);
        context.Response.Body = new MemoryStream();
        if (cookie is not null) context.Request.Headers.Cookie = cookie;
        if (origin is not null) context.Request.Headers.Origin = origin;
        await new Gate(_ => Task.CompletedTask, new(token, 8400)).Invoke(context);
        return context;
    }

    private static string Body(HttpContext context)
    {
        context.Response.Body.Position = 0;
        using StreamReader reader = new(context.Response.Body);
        return reader.ReadToEnd();
    }
}
