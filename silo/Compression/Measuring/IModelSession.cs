namespace Distributed.Compression.Measuring;

/// <summary>A loaded model that can be run on an input of its own. Not thread safe.</summary>
internal interface IModelSession : IDisposable
{
    /// <summary>Runs one batch.</summary>
    /// <returns>Wall time in milliseconds, above 0.</returns>
    double Run();
}
