using System.Text.Json.Serialization;

namespace Distributed.Sweeps;

/// <summary>What the parameters of a candidate must fulfil together. A closed union. A parameter that takes no part breaks nothing.</summary>
/// <remarks>A name may be "ratio/*": every parameter of that prefix, so that a bound on the ratios of all families needs none of their names.</remarks>
[GenerateSerializer, Immutable, Alias("space-constraint.v1")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Linear), "linear")]
[JsonDerivedType(typeof(Ascending), "ascending")]
[JsonDerivedType(typeof(Forbidden), "forbidden")]
public abstract record SpaceConstraint
{
    /// <summary>Sums of values rounded to four digits may miss a bound by this much.</summary>
    private const double Slack = 1e-9;

    private SpaceConstraint()
    {
    }

    /// <summary>How far a candidate breaks it, in the parameters' units; 0 when it keeps it.</summary>
    public abstract double Violation(Candidate candidate);

    /// <summary>The names in it, wildcards as they stand.</summary>
    [JsonIgnore]
    public abstract IEnumerable<string> Names { get; }

    /// <summary>The same with every wildcard replaced by the names that it stands for.</summary>
    public abstract SpaceConstraint Expand(IReadOnlyList<string> names);

    /// <summary>AtLeast ≤ Σ weight · value ≤ AtMost over the terms whose parameters take part.</summary>
    /// <param name="Terms">At least one.</param>
    /// <param name="AtMost">Upper bound, or null.</param>
    /// <param name="AtLeast">Lower bound, or null.</param>
    [GenerateSerializer, Immutable, Alias("space-linear.v1")]
    public sealed record Linear(
        [property: Id(0)] IReadOnlyList<LinearTerm> Terms,
        [property: Id(1)] double? AtMost = null,
        [property: Id(2)] double? AtLeast = null) : SpaceConstraint
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override IEnumerable<string> Names => Terms.Select(term => term.Parameter);

        /// <inheritdoc/>
        public override double Violation(Candidate candidate)
        {
            double sum = 0;
            foreach (var term in Terms) sum += term.Weight * (candidate.Number(term.Parameter) ?? 0);
            double above = AtMost is { } most ? sum - most : 0;
            double below = AtLeast is { } least ? least - sum : 0;
            return Beyond(Math.Max(above, below));
        }

        /// <inheritdoc/>
        public override SpaceConstraint Expand(IReadOnlyList<string> names) =>
            this with { Terms = [.. Terms.SelectMany(term => Matches(term.Parameter, names).Select(name => term with { Parameter = name }))] };
    }

    /// <summary>Each value is at most the next one's, over the parameters that take part.</summary>
    /// <param name="Parameters">At least two.</param>
    [GenerateSerializer, Immutable, Alias("space-ascending.v1")]
    public sealed record Ascending([property: Id(0)] IReadOnlyList<string> Parameters) : SpaceConstraint
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override IEnumerable<string> Names => Parameters;

        /// <inheritdoc/>
        public override double Violation(Candidate candidate)
        {
            double last = double.NegativeInfinity;
            double worst = 0;
            foreach (string name in Parameters)
            {
                if (candidate.Number(name) is not { } value) continue;
                worst = Math.Max(worst, last - value);
                last = Math.Max(last, value);
            }

            return Beyond(worst);
        }

        /// <inheritdoc/>
        public override SpaceConstraint Expand(IReadOnlyList<string> names) =>
            new Ascending([.. Parameters.SelectMany(parameter => Matches(parameter, names))]);
    }

    /// <summary>These do not all hold at once.</summary>
    /// <param name="Together">At least one.</param>
    [GenerateSerializer, Immutable, Alias("space-forbidden.v1")]
    public sealed record Forbidden([property: Id(0)] IReadOnlyList<Condition> Together) : SpaceConstraint
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override IEnumerable<string> Names => Together.Select(condition => condition.Parameter);

        /// <inheritdoc/>
        public override double Violation(Candidate candidate)
        {
            foreach (var condition in Together)
            {
                if (!condition.Holds(candidate)) return 0;
            }

            return 1;
        }

        /// <inheritdoc/>
        public override SpaceConstraint Expand(IReadOnlyList<string> names) => this;
    }

    /// <summary>Whether a name stands for every parameter of a prefix.</summary>
    internal static bool IsWildcard(string name) => name.EndsWith("/*", StringComparison.Ordinal);

    /// <summary>The names that one stands for: itself, or all of its prefix.</summary>
    internal static IEnumerable<string> Matches(string name, IReadOnlyList<string> names) =>
        IsWildcard(name) ? names.Where(one => one.StartsWith(name[..^1], StringComparison.Ordinal)) : [name];

    private static double Beyond(double violation) => violation > Slack ? violation : 0;
}

/// <summary>One parameter's part in a sum.</summary>
/// <param name="Parameter">Its name, or a wildcard.</param>
/// <param name="Weight">What its value is multiplied by.</param>
[GenerateSerializer, Immutable, Alias("linear-term.v1")]
public sealed record LinearTerm([property: Id(0)] string Parameter, [property: Id(1)] double Weight = 1);
