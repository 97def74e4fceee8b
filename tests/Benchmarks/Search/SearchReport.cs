using Distributed.Testing;

namespace Distributed.Benchmarks;

/// <summary>Medians and quartiles over the seeds of one problem.</summary>
internal sealed class SearchReport(TestProblem problem, SearchSettings settings, IReadOnlyList<SearchRun> runs)
{
    private const double Least = 1e-12;

    /// <summary>log₁₀ of what is missing to the largest hypervolume; −12 where nothing is.</summary>
    public static double LogDifference(double maximum, double volume) => Math.Log10(Math.Max(Least, maximum - volume));

    public void Print(PeerResults? peers)
    {
        string maximum = problem.MaxHypervolume is { } known ? Invariant($"{known:g6}") : "unknown";
        Console.WriteLine(Invariant($"{problem.Name} (largest hypervolume {maximum}), {settings.Label}, {runs.Count} seeds"));
        foreach (int trials in (int[])[.. new[] { 20, 40, 60 }.Where(count => count < settings.Budget), settings.Budget]) PrintAt(trials);
        double[] times = [.. runs.SelectMany(run => run.Milliseconds)];
        if (times.Length > 0) Console.WriteLine(Invariant($"  suggestion: {Quartiles.Of(times)}, longest {times.Max():0.0} ms"));
        if (runs.Any(run => run.Hypervolumes.Count < settings.Budget)) Console.WriteLine("  some runs ended early: the sampler had nothing new to propose");
        if (peers is not null) Compare(peers);
    }

    private void PrintAt(int trials)
    {
        var (lower, median, upper) = Quartiles.Of(runs.Select(run => run.At(trials)));
        double mean = runs.Average(run => run.At(trials));
        string difference = problem.MaxHypervolume is { } maximum
            ? Quartiles.Of(runs.Select(run => LogDifference(maximum, run.At(trials)))) is var (low, middle, high)
                ? Invariant($", log10 difference {middle:0.00} ({low:0.00} to {high:0.00})")
                : ""
            : "";
        Console.WriteLine(Invariant($"  after {trials}: hypervolume median {median:g5} (quartiles {lower:g5} to {upper:g5}), mean {mean:g5}{difference}"));
    }

    /// <summary>Others with the same initial designs: ours against theirs by the median, the others' seeds in brackets.</summary>
    private void Compare(PeerResults peers)
    {
        foreach (string method in peers.Methods)
        {
            var cells = new List<string>();
            foreach (int trials in (int[])[40, 60])
            {
                double[] theirs = peers.At(problem.Name, method, trials);
                if (theirs.Length == 0 || trials > settings.Budget) continue;
                double median = Quartiles.Of(theirs).Median;
                double ours = Quartiles.Of(runs.Select(run => run.At(trials))).Median;
                string verdict = ours > median ? "ahead" : ours < median ? "behind" : "equal";
                cells.Add(Invariant($"@{trials} {ours:g5} against {median:g5} ({theirs.Length}): {verdict} by {100 * Math.Abs((ours / median) - 1):0.0} %"));
            }

            if (cells.Count > 0) Console.WriteLine($"  {method,-13} {string.Join("; ", cells)}");
        }
    }
}
