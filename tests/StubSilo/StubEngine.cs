using Distributed.Silo;

namespace Distributed.StubSilo;

/// <summary>Trials that take as long, and go as wrong, as the name of the zoo model says.</summary>
internal sealed class StubEngine : ISiloEngine
{
    public ITrialRunner Runner(IArtifactStore artifacts, string cache, string? device) => new StubRunner(artifacts);

    /// <summary>Arithmetic runs anywhere.</summary>
    public void CheckDevice(string device)
    {
    }

    public object Check(SweepSpec spec, string cache) => new { Model = StubBehaviour.Of(spec) };

    public object Inspect(string onnxFile) => throw new InvalidInputException(onnxFile, "a stub reads no models", "Use the real silo.");

    public object Report(string model, string dense, string cache, Func<StoredFile, CancellationToken, string>? locate, Action<string> tell, CancellationToken cancellation) => Inspect(model);

    public object Measure(string model, string reference, LatencySpec latency, CancellationToken cancellation) => Inspect(model);

    public object Evaluate(string model, EvaluationSpec evaluation, string cache, CancellationToken cancellation) => Inspect(model);
}
