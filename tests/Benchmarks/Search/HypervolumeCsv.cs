using Distributed.Testing;

namespace Distributed.Benchmarks;

/// <summary>The hypervolume after every trial: problem, method, seed, n_evals, hypervolume, log10_hv_diff.</summary>
internal sealed class HypervolumeCsv : IDisposable
{
    private readonly StreamWriter _file;

    public HypervolumeCsv(FileInfo file)
    {
        _file = file.CreateText();
        _file.WriteLine("problem,method,seed,n_evals,hypervolume,log10_hv_diff");
    }

    public void Write(TestProblem problem, string method, IReadOnlyList<SearchRun> runs)
    {
        for (int seed = 0; seed < runs.Count; seed++)
        {
            for (int trials = 1; trials <= runs[seed].Hypervolumes.Count; trials++)
            {
                double volume = runs[seed].At(trials);
                string difference = problem.MaxHypervolume is { } maximum ? Invariant($"{SearchReport.LogDifference(maximum, volume):0.####}") : "";
                _file.WriteLine(Invariant($"{problem.Name},{method.Replace(',', ';')},{seed},{trials},{volume:R},{difference}"));
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
