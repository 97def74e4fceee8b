using System.Reflection;
using System.Text;
using Distributed.Testing;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>A silo of an older version: one that DISTRIBUTED_OLDER_SILO names (a StubSilo.dll as an earlier commit builds it), else this one under another number.</summary>
/// <remarks>
/// The second is a copy whose version is changed in the bytes of its assembly: it shows what a mixed cluster is told and how one version takes
/// over from the other, and not that two versions understand each other. For that, build an earlier commit and name it.
/// </remarks>
internal sealed class OlderSilo : IDisposable
{
    private const string Assembly = "Distributed.Silo.dll";
    private readonly string? _copy;

    public OlderSilo()
    {
        if (Environment.GetEnvironmentVariable("DISTRIBUTED_OLDER_SILO") is { Length: > 0 } given)
        {
            Program = given;
            return;
        }

        string built = Path.GetDirectoryName(Repository.StubSilo)!;
        _copy = Directory.CreateTempSubdirectory("distributed-older-").FullName;
        foreach (string file in Directory.EnumerateFiles(built)) File.Copy(file, Path.Combine(_copy, Path.GetFileName(file)));
        string silo = Path.Combine(_copy, Assembly);
        File.WriteAllBytes(silo, Renumbered(File.ReadAllBytes(silo), Current, Version));
        Program = Path.Combine(_copy, Path.GetFileName(Repository.StubSilo));
    }

    /// <summary>The version of what was built with these tests.</summary>
    public static string Current { get; } =
        typeof(OlderSilo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>What the copy calls itself: as long as the other, so that nothing moves in the assembly.</summary>
    public static string Version { get; } = "0" + Current[1..^1] + (Current[^1] == '9' ? '8' : '9');

    /// <summary>What dotnet starts.</summary>
    public string Program { get; }

    public void Dispose()
    {
        if (_copy is not null) Directory.Delete(_copy, recursive: true);
    }

    private static byte[] Renumbered(byte[] assembly, string from, string to)
    {
        byte[] old = Encoding.UTF8.GetBytes(from), other = Encoding.UTF8.GetBytes(to);
        int at = assembly.AsSpan().IndexOf(old);
        Assert.True(at >= 0);
        for (; at >= 0; at = assembly.AsSpan().IndexOf(old)) other.CopyTo(assembly, at);
        return assembly;
    }
}
