using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Distributed.Client.Sessions;

/// <summary>Where the silo's program is, and how to start it.</summary>
/// <param name="file">Distributed.Silo.dll, or an executable.</param>
internal sealed class SiloProgram(string file)
{
    private const string Assembly = "Distributed.Silo.dll";
    private const string Variable = "DISTRIBUTED_SILO";

    /// <summary>The program: named by DISTRIBUTED_SILO, else in silo/ beside the console, else where a build in the repository leaves it.</summary>
    /// <exception cref="InvalidInputException">It is nowhere.</exception>
    public static SiloProgram Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            string named = Directory.Exists(given) ? Path.Combine(given, Assembly) : given;
            return File.Exists(named)
                ? new(named)
                : throw new InvalidInputException(Variable, $"there is no file at {named}", $"Set it to the path of {Assembly}, or unset it.");
        }

        return Candidates().FirstOrDefault(File.Exists) is { } found
            ? new(found)
            : throw new InvalidInputException(
                AppContext.BaseDirectory,
                "the silo's program is not beside the console",
                $"Build the whole repository (dotnet build -c Release), or set {Variable} to the path of {Assembly}.");
    }

    /// <summary>A start of the program with its three streams redirected.</summary>
    public ProcessStartInfo Start(IEnumerable<string> arguments)
    {
        bool managed = file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        ProcessStartInfo start = new(managed ? Host() : file)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (managed) start.ArgumentList.Add(file);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return start;
    }

    private static IEnumerable<string> Candidates()
    {
        yield return Path.Combine(AppContext.BaseDirectory, "silo", Assembly);
        string? output = typeof(SiloProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => metadata.Key == "SiloOutput")?.Value;
        if (output is null) yield break;
        string folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, output));
        yield return Path.Combine(folder, RuntimeInformation.RuntimeIdentifier, Assembly);
        yield return Path.Combine(folder, Assembly);
        if (!Directory.Exists(folder)) yield break;
        foreach (string runtime in Directory.EnumerateDirectories(folder)) yield return Path.Combine(runtime, Assembly);
    }

    /// <summary>The dotnet that runs this process, which need not be on the path.</summary>
    private static string Host()
    {
        string name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        string beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(beside) ? beside : name;
    }
}
