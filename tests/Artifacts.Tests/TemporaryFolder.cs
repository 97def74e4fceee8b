namespace Distributed.Artifacts.Tests;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("artifacts-tests-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
