using CsCheck;

namespace Distributed.Client.Tests.SweepFiles;

/// <summary>Random spaces over the parameters of <see cref="CandidateParameter.All"/>.</summary>
internal static class AnySpace
{
    private static readonly Gen<double> Part = Gen.Int[0, 999].Select(n => n / 1000.0);

    /// <summary>A ratio that varies, and any others.</summary>
    public static Gen<SearchSpace> Valid { get; } = Gen.Select(
        Gen.Select(Part, Gen.Bool, (low, per) => (Parameter)new Parameter.Real(ParameterNames.Ratio, low / 2, (low / 2) + 0.3, Scale.Linear, per)),
        Others([.. CandidateParameter.All.Where(parameter => parameter.Name != ParameterNames.Ratio)]),
        Gen.Int[0, 5].Array[CandidateParameter.All.Count], Gen.Int[0, 15],
        (ratio, others, conditions, constraints) => new SearchSpace(Conditioned([ratio, .. others], conditions)) { Constraints = Constraints(ratio, others, constraints) });

    /// <summary>A candidate that gives the ratio alone, which always takes part, an earlier sweep, both or none.</summary>
    public static WarmStartSpec? WarmStart(SearchSpace space, ulong chosen)
    {
        double low = ((Parameter.Real)space.Parameters[0]).Low;
        bool allowed = space.Constraints?.All(constraint => constraint.Violation(new([new(ParameterNames.Ratio, low)])) == 0) ?? true;
        Candidate[] candidates = chosen % 2 == 0 && allowed ? [new([new(ParameterNames.Ratio, low)])] : [];
        SweepId? sweep = chosen % 3 == 0 ? new SweepId("earlier") : null;
        return candidates.Length == 0 && sweep is null ? null : new() { Candidates = candidates, Sweep = sweep };
    }

    /// <summary>Some parameters get a condition on one before them; the first has none.</summary>
    private static List<Parameter> Conditioned(List<Parameter> parameters, int[] chosen)
    {
        for (int i = 1; i < parameters.Count; i++)
        {
            if (chosen[i] < 3 && Condition(parameters[Math.Max(0, i - 1 - chosen[i])]) is { } when) parameters[i] = parameters[i] with { When = when };
        }

        return parameters;
    }

    private static Condition? Condition(Parameter parent) => parent switch
    {
        Parameter.Real { PerFamily: true } => null,
        Parameter.Real real => new(real.Name, null, real.Low, (real.Low + real.High) / 2),
        Parameter.Integer integer => new(integer.Name, null, AtLeast: integer.High),
        Parameter.Categorical choice => new(choice.Name, [.. choice.Choices.Take(2).Select(name => (ParameterValue)name)]),
        Parameter.Ordinal ordinal => new(ordinal.Name, [ordinal.Levels[1]]),
        Parameter.Fixed one => new(one.Name, [one.Value]),
        _ => null,
    };

    private static List<SpaceConstraint>? Constraints(Parameter ratio, List<Parameter> others, int which)
    {
        var real = (Parameter.Real)ratio;
        string name = real.PerFamily ? "ratio/*" : real.Name;
        List<SpaceConstraint> constraints = [];
        if ((which & 1) != 0) constraints.Add(new SpaceConstraint.Linear([new(name, (which & 8) != 0 ? 2 : 1)], AtMost: 2 * (real.Low + 0.2)));
        if ((which & 2) != 0 && others.Count > 0 && Condition(others[0]) is { } first) constraints.Add(new SpaceConstraint.Forbidden([first]));
        if ((which & 4) != 0) constraints.Add(new SpaceConstraint.Ascending(real.PerFamily ? ["ratio/a", "ratio/b"] : [real.Name, ParameterNames.Steps]));
        constraints.RemoveAll(constraint => constraint.Names.Contains(ParameterNames.Steps) && !others.Exists(other => other.Name == ParameterNames.Steps));
        return constraints.Count == 0 ? null : constraints;
    }

    private static Gen<List<Parameter>> Others(CandidateParameter[] rules) => Gen.Int[0, (1 << rules.Length) - 1].SelectMany(which => rules
        .Where((_, i) => (which & (1 << i)) != 0)
        .Select(One)
        .Aggregate(Gen.Const(new List<Parameter>()), (all, one) => Gen.Select(all, one, (some, more) => new List<Parameter>([.. some, more]))));

    private static Gen<Parameter> One(CandidateParameter rule) => rule.Range is { } range ? Number(rule, range) : OneOf(rule);

    /// <summary>A global ranking is for spaces with one ratio only; here it stays local.</summary>
    private static Gen<Parameter> OneOf(CandidateParameter rule) => rule.Name == ParameterNames.Ranking
        ? Gen.Const((Parameter)new Parameter.Fixed(rule.Name, rule.Choices[0]))
        : Gen.OneOf(
            Gen.Int[0, rule.Choices.Count - 1].Select(Parameter (i) => new Parameter.Fixed(rule.Name, rule.Choices[i])),
            Gen.Shuffle<string>(rule.Choices.ToArray(), 2, rule.Choices.Count).Select(Parameter (names) => new Parameter.Ordinal(rule.Name, [.. names.Select(name => (ParameterValue)name)])),
            Gen.Shuffle<string>(rule.Choices.ToArray(), 2, rule.Choices.Count).Select(Parameter (names) => new Parameter.Categorical(rule.Name, names)));

    private static Gen<Parameter> Number(CandidateParameter rule, NumberRange range)
    {
        double low = range.Low + (range.LowOpen ? 0.001 : 0);
        double high = Math.Min(range.High - (range.HighOpen ? 0.001 : 0), low + 20);
        List<Gen<Parameter>> forms = [];
        if (rule.Forms.HasFlag(Numbers.Real))
        {
            forms.Add(Part.Select(Parameter (part) => new Parameter.Fixed(rule.Name, low + (part * (high - low)))));
            forms.Add(Gen.Select(Part, Part, Gen.Bool, Parameter (a, b, log) => new Parameter.Real(
                rule.Name, low + (a * (high - low) / 2), high - (b * (high - low) / 2), log && low + (a * (high - low) / 2) > 0 ? Scale.Log : Scale.Linear)));
            if (low < 1) forms.Add(Gen.Select(Part, Part, Parameter (a, b) => new Parameter.Real(
                rule.Name, low + 0.0001 + (a * Math.Min(0.4, (high - low) / 4)), low + Math.Min(0.9, (high - low) / 2) + (b * Math.Min(0.09, (high - low) / 4)), Scale.Logit)));
            forms.Add(Part.Select(Parameter (a) => new Parameter.Ordinal(rule.Name, [low + (a * (high - low) / 4), low + ((high - low) / 3), high])));
        }

        if (rule.Forms.HasFlag(Numbers.Whole))
        {
            long first = (long)Math.Ceiling(low);
            forms.Add(Gen.Long[first, (long)high].Select(Parameter (value) => new Parameter.Fixed(rule.Name, value)));
            forms.Add(Gen.Select(Gen.Long[first, first + 5], Gen.Long[1, 9], Gen.Bool, Parameter (from, span, log) => new Parameter.Integer(
                rule.Name, from, from + span, 1 + (span / 2), log && from > 0 ? Scale.Log : Scale.Linear)));
        }

        return Gen.OneOf([.. forms]);
    }
}
