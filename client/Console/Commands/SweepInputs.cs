using Distributed.Artifacts;
using Distributed.Client.Sessions;

namespace Distributed.Client.Commands;

/// <summary>The model and the dataset of a sweep, where those who run it find them.</summary>
internal sealed class SweepInputs(ConsoleContext context)
{
    /// <summary>Sees whether they can be used together. What lies in a store already is seen by those who fetch it.</summary>
    public Task Check(SweepSpec spec, CancellationToken cancellation) =>
        StoredFile.Is(spec.Dataset.Path) || StoredFile.Is(spec.Model.Onnx) ? Task.CompletedTask : context.Silo.Check(spec, cancellation);

    /// <summary>What a new sweep on a session says: checked where its silo can see the files, and on a cluster with its files in the store.</summary>
    public async Task<SweepSpec> ToLaunch(SweepSpec spec, ISweepSession session, CancellationToken cancellation)
    {
        if (context.Sessions.IsCluster) return await InStore(spec, session.Artifacts, isNew: true, cancellation);
        if (session.IsLive) await Check(spec, cancellation);
        return spec;
    }

    /// <summary>Puts files of this machine into the cluster's store, each once, and refers to them there.</summary>
    /// <param name="spec">As the sweep file says it.</param>
    /// <param name="store">The cluster's.</param>
    /// <param name="isNew">Whether the sweep is to be checked first.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<SweepSpec> InStore(SweepSpec spec, IArtifactStore store, bool isNew, CancellationToken cancellation)
    {
        if (isNew) await Check(spec, cancellation);
        return spec with
        {
            Dataset = spec.Dataset with { Path = await Push(spec.Dataset.Path, store, cancellation) },
            Model = spec.Model with { Onnx = await Push(spec.Model.Onnx, store, cancellation) },
        };
    }

    /// <summary>Pushes one file or folder and says so.</summary>
    public async Task<string?> Push(string? path, IArtifactStore store, CancellationToken cancellation)
    {
        if (path is null || StoredFile.Is(path)) return path;
        var (file, bytes, isNew) = await ContentPush.Push(store, path, cancellation);
        context.Say(isNew ? $"Put {context.Relative(path)} into the store ({Quantity.Size(bytes)})." : $"The store holds {context.Relative(path)} already.");
        return file.ToString();
    }
}
