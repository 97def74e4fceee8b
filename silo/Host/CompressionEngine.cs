using Distributed.Compression.Insight;
using Distributed.Compression.Training;
using Distributed.Compression.Trials;
using Distributed.Silo.Executors;

namespace Distributed.Silo;

/// <summary>The room that compresses, as the silo sees it.</summary>
internal sealed class CompressionEngine : ISiloEngine
{
    /// <summary>One thread for each slot: the same bits every time, and no threads that fight for the cores.</summary>
    private const int Threads = 1;

    public ITrialRunner Runner(IArtifactStore artifacts, string cache, string? device)
    {
        var computes = TorchRuntime.Initialize(Threads, device);
        return new CompressionTrialRunner(artifacts, cache, computes, TimeProvider.System, new StoredFiles(artifacts, cache, TimeProvider.System).Locate);
    }

    public void CheckDevice(string device) => CudaSupport.Check(device);

    public object Check(SweepSpec spec, string cache) => InputCheck.Run(spec, cache);

    public object Inspect(string onnxFile) => ModelInspector.Inspect(onnxFile);

    public object Report(string model, string dense, string cache, Func<StoredFile, CancellationToken, string>? locate, Action<string> tell, CancellationToken cancellation)
    {
        var computes = TorchRuntime.Initialize(Threads, device: null);
        return ModelReporter.Report(model, dense, cache, locate, tell, computes, cancellation);
    }

    public object Measure(string model, string reference, LatencySpec latency, CancellationToken cancellation) =>
        SingleModel.Measure(model, reference, latency, cancellation);

    public object Evaluate(string model, EvaluationSpec evaluation, string cache, CancellationToken cancellation) =>
        SingleModel.Evaluate(model, evaluation, cache, cancellation);
}
