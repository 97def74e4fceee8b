namespace Distributed.Client.Sessions;

/// <summary>A store that is a directory: its logs and its files.</summary>
internal sealed record StoreFiles(ISweepLogStore Logs, IArtifactStore Artifacts)
{
    /// <summary>The store at a folder, which need not exist.</summary>
    public static StoreFiles At(string folder, TimeProvider time) => throw new NotImplementedException();
}
