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

    /// <summary>Others with the same initial designs: ours against theirs by the medians over all seeds, then seed by seed.</summary>
    private void Compare(PeerResults peers)
    {
        foreach (string method in peers.Methods)
        {
            string[] cells = [.. new[] { 40, 60 }.Where(trials => trials <= settings.Budget)
                .Select(trials => Compare(trials, peers.At(problem.Name, method, trials))).Where(cell => cell.Length > 0)];
            if (cells.Length > 0) Console.WriteLine($"  {method,-13} {string.Join("; ", cells)}");
        }
    }

    /// <summary>Seeds that both ran start from the same designs.</summary>
    private string Compare(int trials, (int Seed, double Hypervolume)[] theirs)
    {
        if (theirs.Length == 0) return "";
        double median = Quartiles.Of(theirs.Select(run => run.Hypervolume)).Median;
        double ours = Quartiles.Of(runs.Select(run => run.At(trials))).Median;
        string verdict = ours > median ? "ahead" : ours < median ? "behind" : "equal";
        string text = Invariant($"@{trials} {ours:g5} against {median:g5} ({theirs.Length} seeds): {verdict} by {100 * Math.Abs((ours / median) - 1):0.0} %");
        double[] ratios = [.. theirs.Where(run => run.Seed < runs.Count).Select(run => runs[run.Seed].At(trials) / run.Hypervolume)];
        return ratios.Length == 0
            ? text
            : text + Invariant($", on {ratios.Count(ratio => ratio >= 1)} of {ratios.Length} shared seeds, by {100 * (Quartiles.Of(ratios).Median - 1):+0.0;-0.0} %");
    }
}
