using Distributed.Compression.Training;
using Distributed.Compression.Trials;

namespace Distributed.Silo;

/// <summary>The room that compresses, as the silo sees it.</summary>
internal sealed class CompressionEngine : ISiloEngine
{
    /// <summary>One thread for each slot: the same bits every time, and no threads that fight for the cores.</summary>
    private const int Threads = 1;

    public ITrialRunner Runner(IArtifactStore artifacts, string cache)
    {
        TorchRuntime.Initialize(Threads);
        return new CompressionTrialRunner(artifacts, cache, TimeProvider.System);
    }

    public object Check(SweepSpec spec, string cache) => InputCheck.Run(spec, cache);

    public object Inspect(string onnxFile) => ModelInspector.Inspect(onnxFile);
}
