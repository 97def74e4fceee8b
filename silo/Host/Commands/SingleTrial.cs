using Distributed.Artifacts;

namespace Distributed.Silo;

/// <summary>A sweep's two kinds of trials, one after the other, for one candidate: no silo, no log, one process.</summary>
internal static class SingleTrial
{
    private static readonly TrialId Only = new(1);

    /// <summary>Judges and measures the model as it is, makes the candidate, and leaves its files in the request's folder.</summary>
    /// <exception cref="InvalidInputException">Model, dataset or candidate cannot be used.</exception>
    /// <exception cref="SingleTrialFailedException">It came to nothing.</exception>
    public static async Task<PrunedModel> Run(
        ISiloEngine engine, PruningRequest request, string cache, Action<string> tell, CancellationToken cancellation)
    {
        SingleTrialContext context = new(tell, cancellation);
        engine.Check(request.Spec, cache);
        var store = DirectoryStore.Create(Path.Combine(request.Folder, "store"), TimeProvider.System).Artifacts;
        var runner = engine.Runner(store, cache, device: null);
        tell("the model as it is:");
        var dense = Attempt<TrialOutcome.Prepared>(runner, new() { Spec = request.Spec, Trial = TrialId.Dense, Epoch = 1 }, context);
        CheckFamilies(dense.Profile, request.Candidate);
        tell("the candidate:");
        var made = Attempt<TrialOutcome.Completed>(runner, new()
        {
            Spec = request.Spec,
            Trial = Only,
            Epoch = 1,
            Candidate = request.Candidate,
            Profile = dense.Profile,
            Dense = dense.Artifacts,
        }, context);
        var widths = Closures.Widths(dense.Profile, request.Candidate);
        return new()
        {
            Model = await File("model.onnx", made.Artifacts.Model),
            Plan = await File("plan.json", made.Artifacts.Plan!),
            Lineage = await File("lineage.json", made.Artifacts.Lineage),
            Candidate = request.Candidate,
            Units = widths.Sum(width => width.Dense),
            Kept = widths.Sum(width => width.Kept),
            LeftOut = Depths.LeftOut(dense.Profile, request.Candidate),
            Before = dense.Measurement,
            After = made.Measurement,
        };

        async Task<string> File(string name, ArtifactRef artifact)
        {
            string path = Path.Combine(request.Folder, name);
            await ArtifactDownload.ToFile(store, artifact, path, cancellation);
            return path;
        }
    }

    /// <summary>Only the model tells which families there are: a ratio of one that it lacks would count for nothing.</summary>
    private static void CheckFamilies(ModelProfile profile, Candidate candidate)
    {
        string prefix = ParameterNames.OfFamily(ParameterNames.Ratio, "");
        var known = profile.Families.Select(family => prefix + family.Name);
        if (candidate.Values.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Except(known).FirstOrDefault() is { } unknown)
            throw new InvalidInputException(unknown, $"the model has no family '{unknown[prefix.Length..]}'", "Use the name of a family that 'model inspect' lists.");
    }

    private static T Attempt<T>(ITrialRunner runner, TrialAssignment assignment, SingleTrialContext context)
        where T : TrialOutcome
    {
        try
        {
            return runner.Run(assignment, context) switch
            {
                T ended => ended,
                TrialOutcome.Failed failed => throw new SingleTrialFailedException(failed.Reason),
                _ => throw new SingleTrialFailedException("It ended without a model."),
            };
        }
        catch (Exception e) when (e is not (InvalidInputException or OperationCanceledException or SingleTrialFailedException))
        {
            string kind = AttemptBorder.KindOf(e) == FailureKind.Unexpected ? $"{e.GetType().Name}: " : "";
            throw new SingleTrialFailedException(kind + e.Message, e);
        }
    }
}
