namespace Distributed.Silo.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryStore : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("distributed-silo-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
