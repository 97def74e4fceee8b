using System.Globalization;
using Distributed.Sweeps;
using Distributed.Testing;

namespace Distributed.Benchmarks;

/// <summary>Initial designs by problem and seed, in natural units.</summary>
internal sealed class InitialDesigns
{
    private readonly ILookup<(string Problem, int Seed), double[]> _points;

    private InitialDesigns(ILookup<(string Problem, int Seed), double[]> points) => _points = points;

    /// <param name="file">CSV with the columns problem, seed, i, x…; the points of a design in their order.</param>
    public static InitialDesigns Read(FileInfo file) => new(File.ReadLines(file.FullName).Skip(1).Select(line => line.Split(',')).ToLookup(
        cells => (cells[0], int.Parse(cells[1], CultureInfo.InvariantCulture)),
        cells => cells.Skip(3).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()));

    /// <summary>The first points of a problem's design; empty when there is none.</summary>
    public IReadOnlyList<Candidate> Of(TestProblem problem, int seed, int count) =>
        [.. _points[(problem.Designs, seed)].Take(count).Select(problem.CandidateAt)];
}
