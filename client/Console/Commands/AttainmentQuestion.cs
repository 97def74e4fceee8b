using Distributed.Client.Sessions;

namespace Distributed.Client.Commands;

/// <summary>Puts the fronts of several sweeps together: the same search with other seeds, so that luck can be told from gain.</summary>
internal static class AttainmentQuestion
{
    private const int Fewest = 2;

    /// <exception cref="InvalidInputException">They are too few, or do not have the same two objectives.</exception>
    public static AttainmentRequest Of(IReadOnlyList<SweepPicture> sweeps)
    {
        if (sweeps.Count < Fewest) throw new InvalidInputException("--attainment", "it sums up several sweeps, and one is named", "Name the sweeps of all seeds.");
        var objectives = sweeps[0].State.Spec!.Objectives;
        if (objectives.Count < 2) throw new InvalidInputException(sweeps[0].Sweep.Value, "it has one objective", "A surface takes two.");
        foreach (var other in sweeps.Where(sweep => !Same(sweep.State.Spec!.Objectives, objectives)))
            throw new InvalidInputException(other.Sweep.Value, $"its objectives are not those of '{sweeps[0].Sweep}'", "Name sweeps with the same objectives in the same order.");
        return new([.. objectives.Take(2)], [.. sweeps.Select(sweep => Front(sweep.State, objectives))]);
    }

    private static bool Same(IReadOnlyList<Objective> some, IReadOnlyList<Objective> others) =>
        some.Select(one => (one.Metric, one.Direction)).Take(2).SequenceEqual(others.Select(one => (one.Metric, one.Direction)).Take(2));

    private static IReadOnlyList<IReadOnlyList<double>> Front(SweepState state, IReadOnlyList<Objective> objectives) =>
        [.. state.Front.Select(trial => state.Trials[trial.Number].Measurement!).Select(values => (IReadOnlyList<double>)[.. objectives.Take(2).Select(objective => values.Of(objective.Metric))])];
}
