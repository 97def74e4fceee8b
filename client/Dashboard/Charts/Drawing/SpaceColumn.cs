namespace Distributed.Dashboard;

/// <summary>A parameter that varies between candidates, as numbers that can be drawn.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Levels">The names of a choice, in their order; null for numbers.</param>
/// <param name="IsLog">Whether it is drawn by its logarithm.</param>
public sealed record SpaceColumn(string Name, IReadOnlyList<string>? Levels, bool IsLog)
{
    /// <summary>The parameters that take more than one value among a sweep's candidates.</summary>
    public static IReadOnlyList<SpaceColumn> Of(SweepView view) => Of(view, view.Trials);

    /// <summary>The parameters that take more than one value among the candidates of some trials.</summary>
    /// <param name="view">The sweep.</param>
    /// <param name="trials">Those of its trials that are drawn.</param>
    public static IReadOnlyList<SpaceColumn> Of(SweepView view, IEnumerable<TrialState> trials)
    {
        var log = view.Spec?.Space.Parameters.Where(parameter => parameter is Parameter.Real { Scale: Scale.Log } or Parameter.Integer { Scale: Scale.Log }).Select(parameter => parameter.Name).ToHashSet() ?? [];
        Dictionary<string, HashSet<ParameterValue>> seen = new(StringComparer.Ordinal);
        foreach (var candidate in trials.Select(trial => trial.Candidate).OfType<Candidate>())
        {
            foreach (var (name, value) in candidate.Values)
            {
                if (!seen.TryGetValue(name, out var values)) seen[name] = values = [];
                if (values.Count < 64) values.Add(value);
            }
        }

        return [.. seen.Where(pair => pair.Value.Count > 1).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Column(pair.Key, pair.Value, log.Contains(pair.Key.Split('/')[0])))];
    }

    /// <summary>A candidate's value: the number, or the place of its choice; NaN where the parameter takes no part.</summary>
    public double Of(Candidate candidate) => !candidate.Values.TryGetValue(Name, out var value) ? double.NaN
        : Levels is { } levels ? Place(levels, CandidateText.Value(value))
        : value is ParameterValue.Number number ? (IsLog ? Math.Log10(number.Value) : number.Value) : double.NaN;

    private static double Place(IReadOnlyList<string> levels, string name)
    {
        for (int i = 0; i < levels.Count; i++)
        {
            if (levels[i] == name) return i;
        }

        return double.NaN;
    }

    private static SpaceColumn Column(string name, HashSet<ParameterValue> values, bool log) => values.Any(value => value is ParameterValue.Choice)
        ? new(name, [.. values.Select(CandidateText.Value).Distinct().Order(StringComparer.Ordinal)], false)
        : new(name, null, log && values.OfType<ParameterValue.Number>().All(number => number.Value > 0));
}
