using Distributed.Sweeps;

namespace Distributed.Testing;

/// <summary>A multi-objective problem in closed form. Every objective is minimised.</summary>
/// <remarks>Points x are in natural units in the order of the space's parameters; a choice stands as its index.</remarks>
public sealed record TestProblem
{
    /// <summary>Unique, as the literature spells it.</summary>
    public required string Name { get; init; }

    /// <summary>What may vary.</summary>
    public required SearchSpace Space { get; init; }

    /// <summary>The objectives at a point, m of them.</summary>
    public required Func<double[], double[]> Objectives { get; init; }

    /// <summary>The constraint at a point, kept when it is at most 0; null when there is none.</summary>
    public Func<double[], double>? Constraint { get; init; }

    /// <summary>The worst values that count for the hypervolume, m of them.</summary>
    public required double[] Reference { get; init; }

    /// <summary>The largest hypervolume that can be had, as far as the literature knows it; null when it is not known.</summary>
    public double? MaxHypervolume { get; init; }

    /// <summary>Deviation of the noise on each objective; empty when there is none.</summary>
    public double[] Noise { get; init; } = [];

    /// <summary>Which objective can be told before a trial; null when none can.</summary>
    public int? KnownObjective { get; init; }

    /// <summary>The problem whose initial designs it shares.</summary>
    public string Designs { get => field ?? Name; init; }

    /// <summary>Points of an initial design: 2(d + 1).</summary>
    public int Initial => 2 * (Space.Parameters.Count + 1);

    /// <summary>The candidate at a point.</summary>
    public Candidate CandidateAt(IReadOnlyList<double> point) =>
        new(Space.Parameters.Select((parameter, i) => KeyValuePair.Create(parameter.Name, ValueAt(parameter, point[i]))));

    /// <summary>The point of a candidate.</summary>
    public double[] PointOf(Candidate candidate) => [.. Space.Parameters.Select(parameter => Coordinate(parameter, candidate))];

    /// <summary>d real parameters x1 … xd with the same bounds.</summary>
    internal static SearchSpace Reals(int dimensions, double low = 0, double high = 1) =>
        Reals([.. Enumerable.Repeat((low, high), dimensions)]);

    /// <summary>Real parameters x1 … xd with the bounds given.</summary>
    internal static SearchSpace Reals(params (double Low, double High)[] bounds) =>
        new([.. bounds.Select((bound, i) => new Parameter.Real(Invariant($"x{i + 1}"), bound.Low, bound.High))]);

    private static ParameterValue ValueAt(Parameter parameter, double coordinate) =>
        parameter is Parameter.Categorical categorical ? categorical.Choices[(int)coordinate] : coordinate;

    private static double Coordinate(Parameter parameter, Candidate candidate) => parameter is Parameter.Categorical categorical
        ? categorical.Choices.ToList().IndexOf(candidate.Choice(parameter.Name)!)
        : candidate.Number(parameter.Name)!.Value;
}
