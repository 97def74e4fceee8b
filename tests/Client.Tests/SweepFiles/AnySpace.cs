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
        (ratio, others) => new SearchSpace([ratio, .. others]));

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
