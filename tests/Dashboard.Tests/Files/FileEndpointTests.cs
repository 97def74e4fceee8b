using System.Text;
using Distributed.Dashboard.Tests.Samples;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Distributed.Dashboard.Tests.Files;

public sealed class FileEndpointTests : IAsyncDisposable
{
    private readonly PageContext _context = new();

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public async Task A_file_comes_with_its_hash_and_as_a_download()
    {
        var answer = await Get("sample", 1, "model.onnx");
        Assert.Equal(200, answer.Response.StatusCode);
        Assert.Equal(new string('a', 64), answer.Response.Headers["X-Content-SHA256"].ToString());
        Assert.Equal("attachment; filename=sample-trial-1-model.onnx; filename*=UTF-8''sample-trial-1-model.onnx", answer.Response.Headers.ContentDisposition.ToString());
        Assert.Equal([1, 2, 3], ((MemoryStream)answer.Response.Body).ToArray());
    }

    [Theory]
    [InlineData("sample", 1, "other.onnx"), InlineData("sample", 1, "../model.onnx"), InlineData("sample", 1, "..%2f..%2fetc%2fpasswd"), InlineData("sample", 99, "model.onnx"), InlineData("sample", -1, "model.onnx")]
    [InlineData("sample", -1, "report.json"), InlineData("sample", 1, "report.json"), InlineData("nowhere", 1, "model.onnx"), InlineData("../sample", 1, "model.onnx"), InlineData("<b>", 1, "model.onnx")]
    public async Task What_the_log_does_not_tell_is_not_there(string sweep, int trial, string file)
    {
        Assert.Equal(404, (await Get(sweep, trial, file)).Response.StatusCode);
        Assert.Empty(_context.Source.Opened);
    }

    [Fact]
    public async Task A_damaged_file_is_refused_with_what_is_wrong_as_plain_text()
    {
        _context.Source.OpenFails = new ArtifactCorruptException(SampleLog.Artifact(1, "model.onnx"), "<script>");
        var answer = await Get("sample", 1, "model.onnx");
        Assert.Equal(410, answer.Response.StatusCode);
        Assert.StartsWith("text/plain", answer.Response.ContentType, StringComparison.Ordinal);
        Assert.Contains("should have 1000 bytes", Encoding.UTF8.GetString(((MemoryStream)answer.Response.Body).ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_told_as_such()
    {
        _context.Source.OpenFails = new SourceUnavailableException("gone");
        Assert.Equal(503, (await Get("sample", 1, "plan.json")).Response.StatusCode);
    }

    [Fact]
    public async Task A_report_is_there_once_it_is_made()
    {
        _context.Source.Reports = (_, _, _) => Task.FromResult(SampleReport.Of(1));
        var desk = _context.Services.GetRequiredService<ReportDesk>();
        await _context.Open(SampleLog.Of(3));
        await desk.Ask(SampleLog.Spec.Name, _context.Feed.View.Trials[1], _context.Feed.View.Dense!);
        var answer = await Visit("sample", 1, "report.json");
        Assert.Equal(200, answer.Response.StatusCode);
        Assert.Equal(desk.Find(SampleLog.Spec.Name, new(1))!.Sha256, answer.Response.Headers["X-Content-SHA256"].ToString());
        Assert.Equal(SampleReport.Of(1).Layers, SweepJson.Read<ModelReport>(Encoding.UTF8.GetString(((MemoryStream)answer.Response.Body).ToArray())).Layers);
    }

    private async Task<HttpContext> Get(string sweep, int trial, string file)
    {
        await _context.Open(SampleLog.Of(3));
        return await Visit(sweep, trial, file);
    }

    private async Task<HttpContext> Visit(string sweep, int trial, string file)
    {
        DefaultHttpContext context = new() { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        context.Response.Body = new MemoryStream();
        FileEndpoint endpoint = new(_context.Services.GetRequiredService<SweepFeeds>(), _context.Source, _context.Services.GetRequiredService<ReportDesk>());
        await (await endpoint.Get(sweep, trial, file, context)).ExecuteAsync(context);
        return context;
    }
}
