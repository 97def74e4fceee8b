using System.Globalization;

namespace Distributed.Benchmarks;

/// <summary>How long others took to propose.</summary>
internal sealed class PeerLatencies
{
    private readonly List<(string Method, int Dimensions, int Trials, double Seconds)> _rows;

    private PeerLatencies(List<(string Method, int Dimensions, int Trials, double Seconds)> rows) => _rows = rows;

    /// <param name="file">CSV with the columns method, problem, d, n_observations, rep, phase, wall_s and more.</param>
    public static PeerLatencies Read(FileInfo file) => new([.. File.ReadLines(file.FullName).Skip(1).Select(line => line.Split(','))
        .Select(cells => (cells[0], int.Parse(cells[2], CultureInfo.InvariantCulture), int.Parse(cells[3], CultureInfo.InvariantCulture),
            double.Parse(cells[6], CultureInfo.InvariantCulture)))]);

    /// <summary>One line for each method that was timed at this size: its fastest time over ours.</summary>
    public IEnumerable<string> Compare(int trials, int dimensions, double milliseconds) => _rows
        .Where(row => row.Trials == trials && row.Dimensions == dimensions)
        .GroupBy(row => row.Method)
        .Select(group => Invariant($"{group.Key} {1000 * group.Min(row => row.Seconds):0} ms at best: {1000 * group.Min(row => row.Seconds) / milliseconds:0.0} times as long"));
}
