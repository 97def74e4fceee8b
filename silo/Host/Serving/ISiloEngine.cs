namespace Distributed.Silo;

/// <summary>What a silo needs of the room that compresses.</summary>
public interface ISiloEngine
{
    /// <summary>Makes the runner of an executor process; its Run is called by one thread, one attempt after the other.</summary>
    /// <param name="artifacts">The store that it writes to.</param>
    /// <param name="cache">A folder for decoded images and latency tables; may be emptied at any time.</param>
    /// <param name="device">The class of its slot's device; null for the best there is.</param>
    ITrialRunner Runner(IArtifactStore artifacts, string cache, string? device);

    /// <summary>Refuses a class of devices that trials of this build cannot run on.</summary>
    /// <param name="device">"cpu" or "cuda".</param>
    /// <exception cref="InvalidInputException">They cannot.</exception>
    void CheckDevice(string device);

    /// <summary>Checks that model and dataset of a sweep can be used together, without training anything.</summary>
    /// <param name="spec">The sweep.</param>
    /// <param name="cache">A folder for decoded images; may be emptied at any time.</param>
    /// <returns>What is printed as one JSON object.</returns>
    /// <exception cref="InvalidInputException">They cannot.</exception>
    object Check(SweepSpec spec, string cache);

    /// <summary>Tells layers, costs and families of an ONNX file.</summary>
    /// <returns>What is printed as one JSON object.</returns>
    /// <exception cref="InvalidInputException">The file is no classifier that we can read.</exception>
    object Inspect(string onnxFile);

    /// <summary>Tells what became of a network when it was pruned.</summary>
    /// <param name="model">A model that a sweep wrote, with its lineage beside it.</param>
    /// <param name="dense">The dense model of the same sweep.</param>
    /// <param name="cache">A folder for decoded images; may be emptied at any time.</param>
    /// <param name="locate">Gives the path of a dataset that lies in a store; null where no store is known.</param>
    /// <param name="tell">Is told what is being done.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What is printed as one JSON object.</returns>
    /// <exception cref="InvalidInputException">A file or the dataset cannot be used.</exception>
    object Report(string model, string dense, string cache, Func<StoredFile, CancellationToken, string>? locate, Action<string> tell, CancellationToken cancellation);

    /// <summary>Measures the latency of a model beside a reference.</summary>
    /// <returns>What is printed as one JSON object.</returns>
    /// <exception cref="InvalidInputException">A file cannot be used.</exception>
    object Measure(string model, string reference, LatencySpec latency, CancellationToken cancellation);

    /// <summary>Judges a model on a dataset.</summary>
    /// <returns>What is printed as one JSON object.</returns>
    /// <exception cref="InvalidInputException">Model or dataset cannot be used, or they do not fit.</exception>
    object Evaluate(string model, EvaluationSpec evaluation, string cache, CancellationToken cancellation);
}
