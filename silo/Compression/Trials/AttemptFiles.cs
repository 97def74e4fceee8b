using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>The files of one attempt. Immutable under an epoch-named path: attempts never meet.</summary>
/// <remarks>Waits for the store on the calling thread: attempts run on a thread of their own.</remarks>
internal sealed partial class AttemptFiles(IArtifactStore store, TrialAssignment assignment, ITrialContext context)
{
    private static readonly JsonSerializerOptions Indented = new(SweepJson.Options) { WriteIndented = true };
    private static readonly TimeSpan CheckpointPatience = TimeSpan.FromSeconds(30);
    private readonly Queue<ArtifactName> _checkpoints = new();

    /// <summary>The whole of a file, its hash checked.</summary>
    public byte[] Read(ArtifactRef artifact)
    {
        using var stream = store.Open(artifact, context.Cancelled).GetAwaiter().GetResult();
        byte[] content = new byte[artifact.Bytes];
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>
    /// Where the attempt goes on: the checkpoint it was given or, where that is damaged, the newest of the trial that is whole (any of them
    /// leads to the same bits). The sweep is told of another one; null says that the trial begins anew.
    /// </summary>
    public TrialCheckpoint? Resume()
    {
        if (assignment.Checkpoint is not { } given) return null;
        if (Intact(given.Artifact) is { } newest) return newest;
        foreach (var (step, name) in Earlier(given.Artifact.Name))
        {
            if (store.Find(name, context.Cancelled).GetAwaiter().GetResult() is not { } artifact || Intact(artifact) is not { } earlier) continue;
            context.Checkpointed(new(step, given.Step == 0 ? 0 : given.Epochs * step / given.Step, artifact));
            return earlier;
        }

        return null;
    }

    /// <summary>
    /// Writes a checkpoint and tells the sweep; of this attempt's own ones the last two stay. While the store does not answer, or is full,
    /// there is none: computing goes on.
    /// </summary>
    public void SaveCheckpoint(int step, double epochs, TrialCheckpoint checkpoint)
    {
        using var span = context.Begin("checkpoint");
        span.Tag("step", step);
        if (TryWrite(Invariant($"e{assignment.Epoch}-s{step}.checkpoint"), checkpoint.ToBytes()) is not { } artifact) return;
        context.Checkpointed(new(step, epochs, artifact));
        _checkpoints.Enqueue(artifact.Name);
        if (_checkpoints.Count > 2) store.Delete(_checkpoints.Dequeue(), context.Cancelled).GetAwaiter().GetResult();
    }

    /// <summary>Writes what a closed trial leaves behind.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="plan">The pruning plan, or null for the dense baseline.</param>
    /// <param name="lineage">Where it comes from.</param>
    public TrialArtifacts Publish(byte[] model, PlanFile? plan, Lineage lineage)
    {
        context.Report(new() { Phase = TrialPhase.Exporting });
        using var span = context.Begin("export");
        return new(
            Write("model.onnx", model),
            plan is null ? null : Write("plan.json", ToJson(plan)),
            Write("lineage.json", ToJson(lineage)));
    }

    private TrialCheckpoint? Intact(ArtifactRef artifact)
    {
        try
        {
            var checkpoint = TrialCheckpoint.FromBytes(Read(artifact));
            return TrainerFile.IsIntact(checkpoint.Trainer) ? checkpoint : null;
        }
        catch (Exception error) when (error is ArtifactCorruptException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>All other checkpoints of the trial, those with the most steps first.</summary>
    private List<(int Step, ArtifactName Name)> Earlier(ArtifactName given) =>
    [
        .. store.List(Invariant($"sweeps/{assignment.Spec.Name}/trials/{assignment.Trial}"), context.Cancelled).ToBlockingEnumerable(context.Cancelled)
            .Where(name => name != given && CheckpointFile().IsMatch(name.Value))
            .Select(name => (int.Parse(CheckpointFile().Match(name.Value).Groups[1].Value, CultureInfo.InvariantCulture), name))
            .OrderByDescending(found => found.Item1),
    ];

    [GeneratedRegex(@"-s([0-9]{1,9})\.checkpoint\z")]
    private static partial Regex CheckpointFile();

    private static byte[] ToJson<T>(T value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, Indented);

    private ArtifactRef? TryWrite(string file, byte[] content)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.Cancelled);
        limit.CancelAfter(CheckpointPatience);
        try
        {
            return Write(file, content, limit.Token);
        }
        catch (Exception error) when (error is StoreUnavailableException or StoreFullException or OperationCanceledException)
        {
            context.Cancelled.ThrowIfCancellationRequested();
            return null;
        }
    }

    private ArtifactRef Write(string file, byte[] content) => Write(file, content, context.Cancelled);

    private ArtifactRef Write(string file, byte[] content, CancellationToken cancellation)
    {
        var name = ArtifactName.OfAttempt(assignment.Spec.Name, assignment.Trial, assignment.Epoch, file);
        using var stream = new MemoryStream(content, writable: false);
        return store.Put(name, stream, cancellation).GetAwaiter().GetResult();
    }
}
