using System.Diagnostics;

namespace Distributed.Architecture.Tests;

/// <summary>What the build files make of the commands that the README tells.</summary>
public sealed class BuildTests
{
    [Fact]
    public async Task The_console_runs_in_the_folder_where_it_is_called()
    {
        ProcessStartInfo start = new("dotnet", ["msbuild", Path.Combine(Repository.Root, "client", "Console"), "-nodeReuse:false", "-getProperty:RunWorkingDirectory"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        string folder = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        Assert.Equal("", folder.Trim());
    }
}
