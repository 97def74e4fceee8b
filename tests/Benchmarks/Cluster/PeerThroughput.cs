namespace Distributed.Benchmarks;

/// <summary>How many null trials a second others get through, and we, in one table.</summary>
internal sealed class PeerThroughput(FileInfo? file)
{
    private const string Head = "storage,n_trials,processes,completed,wall_s,trials_per_s,cpu_s,trials_per_cpu_s";
    private readonly List<string> _ours = [];

    /// <summary>A line of ours.</summary>
    public void Add(string storage, int trials, double seconds, double processor) =>
        _ours.Add(Invariant($"distributed {storage},{trials},1,{trials},{seconds:0.00},{trials / seconds:0.0},{processor:0.00},{trials / processor:0.0}"));

    /// <summary>Prints theirs, where the file is there, and ours.</summary>
    public void Print()
    {
        if (_ours.Count == 0) return;
        Console.WriteLine();
        Console.WriteLine(Head);
        if (file is { Exists: true })
        {
            foreach (string line in File.ReadLines(file.FullName).Skip(1)) Console.WriteLine("optuna " + string.Join(',', line.Split(',').Take(8)));
        }

        foreach (string line in _ours) Console.WriteLine(line);
    }
}
