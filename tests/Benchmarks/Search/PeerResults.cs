using System.Globalization;

namespace Distributed.Benchmarks;

/// <summary>What other optimisers reached.</summary>
internal sealed class PeerResults
{
    private readonly ILookup<(string Problem, string Method, int Trials), (int Seed, double Hypervolume)> _hypervolumes;

    private PeerResults(List<(string Problem, string Method, int Seed, int Trials, double Hypervolume)> rows)
    {
        _hypervolumes = rows.ToLookup(row => (row.Problem, row.Method, row.Trials), row => (row.Seed, row.Hypervolume));
        Methods = [.. rows.Select(row => row.Method).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>All methods.</summary>
    public IReadOnlyList<string> Methods { get; }

    /// <param name="file">CSV with the columns problem, method, seed, trials, hypervolume and more.</param>
    public static PeerResults Read(FileInfo file) => new([.. File.ReadLines(file.FullName).Skip(1).Select(line => line.Split(','))
        .Select(cells => (cells[0], cells[1], int.Parse(cells[2], CultureInfo.InvariantCulture), int.Parse(cells[3], CultureInfo.InvariantCulture), double.Parse(cells[4], CultureInfo.InvariantCulture)))]);

    /// <summary>The seeds' hypervolumes after so many trials.</summary>
    public (int Seed, double Hypervolume)[] At(string problem, string method, int trials) => [.. _hypervolumes[(problem, method, trials)]];
}
