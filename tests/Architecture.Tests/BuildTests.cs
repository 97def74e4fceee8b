using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Distributed.Architecture.Tests;

/// <summary>What the build files make of the commands that the README tells.</summary>
public sealed class BuildTests
{
    [Fact]
    public async Task The_console_runs_in_the_folder_where_it_is_called()
    {
        var (code, folder) = await MsBuild("client/Console", "-getProperty:RunWorkingDirectory");
        Assert.Equal((0, ""), (code, folder.Trim()));
    }

    [Theory]
    [InlineData("cpu", "libtorch-cpu-", "libtorch-cuda-")]
    [InlineData("cuda", "libtorch-cuda-12.8-", "libtorch-cpu-")]
    public async Task One_property_chooses_the_libtorch_that_a_build_carries(string backend, string carried, string left)
    {
        Assert.SkipUnless(RuntimeInformation.RuntimeIdentifier is "linux-x64" or "win-x64", "CUDA's libtorch is for linux-x64 and win-x64.");
        foreach (string project in new[] { "silo/Compression", "tests/StubSilo", "tests/Silo.Tests" })
        {
            var (code, references) = await MsBuild(project, $"-p:TorchBackend={backend}", "-getItem:PackageReference");
            Assert.Equal(0, code);
            Assert.Contains(carried, references, StringComparison.Ordinal);
            Assert.DoesNotContain(left, references, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_libtorch_that_there_is_not_is_refused()
    {
        var (code, said) = await MsBuild("silo/Compression", "-t:CheckTorchBackend", "-p:TorchBackend=rocm");
        Assert.NotEqual(0, code);
        Assert.Contains("Give cpu or cuda", said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> MsBuild(string project, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", ["msbuild", Path.Combine(Repository.Root, project), "-nodeReuse:false", "-nologo", .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        string said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said);
    }
}
