using Distributed.Search;

namespace Distributed.Grains;

/// <summary>Reads what a new sweep takes from an earlier one. What it took stands in the new sweep's log, which alone is needed from then on.</summary>
internal static class WarmStartImport
{
    /// <summary>The record for the log.</summary>
    /// <exception cref="InvalidInputException">There is no such sweep, its log cannot be read, or it has nothing to give.</exception>
    public static async Task<SweepRecord.WarmStarted> Read(ISweepLogStore logs, SweepSpec spec, SweepId earlier)
    {
        const string Place = "warm-start.sweep";
        SweepState state = new();
        try
        {
            await foreach (var entry in logs.Read(earlier)) state.Apply(entry);
        }
        catch (LogCorruptException error)
        {
            throw new InvalidInputException(Place, $"the log of '{earlier}' cannot be read: {error.Message.TrimEnd('.')}", "Or name another sweep.", error);
        }

        if (state.Spec is not { } other) throw new InvalidInputException(Place, $"there is no sweep '{earlier}' in this store", "List the sweeps to see their names.");
        bool same = IsSameProblem(spec, other);
        var trials = same
            ? state.Trials.Where(trial => trial is { Status: TrialStatus.Completed or TrialStatus.Stopped, Id.IsDense: false })
            : state.Front.Where(id => !id.IsDense).Select(id => state.Trials[id.Number]);
        List<ImportedTrial> imported = [.. trials.Where(trial => trial.Candidate is not null)
            .Select(trial => new ImportedTrial(trial.Id, InFull(other, trial.Candidate!), trial.Measurement, trial.Rungs))];
        return imported.Count > 0
            ? new(earlier, same, imported)
            : throw new InvalidInputException(Place, $"'{earlier}' has no {(same ? "finished trial" : "candidate on its front")} to start from", "Name another sweep, or leave the key out.");
    }

    /// <summary>The same model on the same data; how it is trained, searched and measured may differ.</summary>
    private static bool IsSameProblem(SweepSpec spec, SweepSpec other) =>
        SweepJson.Write(spec.Model) == SweepJson.Write(other.Model) && SweepJson.Write(spec.Dataset) == SweepJson.Write(other.Dataset);

    /// <summary>The candidate with the values that its own sweep's defaults gave it.</summary>
    private static Candidate InFull(SweepSpec other, Candidate candidate) => ParameterNames.All
        .Where(name => name != ParameterNames.Ratio && !candidate.Values.ContainsKey(name))
        .Select(name => (Name: name, Value: WarmStart.Default(other, name)))
        .Where(one => one.Value is not null)
        .Aggregate(candidate, (filled, one) => filled.With(one.Name, one.Value!));
}
