using System.CommandLine;
using System.Diagnostics;
using Distributed.Gallery;

namespace Distributed.Benchmarks;

/// <summary>Imports damaged files: every one must end in a model or in one error, within 2 GB.</summary>
internal sealed class FuzzBenchmark : IBenchmark
{
    private readonly Option<int> _files = new("--files") { Description = "Damaged files.", DefaultValueFactory = _ => 100_000 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Of the damage.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _first = new("--first") { Description = "The first file's number, to repeat one.", DefaultValueFactory = _ => 0 };
    private readonly Option<DirectoryInfo?> _keep = new("--keep") { Description = "Where files are written that end in anything else." };

    public Command Command()
    {
        var command = new Command("fuzz", "Damaged models end in a model or in one error that names the place.") { _files, _seed, _first, _keep };
        command.SetAction(parsed => Run(parsed.GetValue(_first), parsed.GetValue(_files), parsed.GetValue(_seed), parsed.GetValue(_keep)?.FullName));
        return command;
    }

    private static int Run(int first, int files, ulong seed, string? keep)
    {
        var fuzz = new FuzzedImport();
        var faults = new SortedDictionary<string, int>(StringComparer.Ordinal);
        (int models, long bytes, double slowest, int slowestFile, int largestFile) = (0, 0, 0, 0, 0);
        for (int i = first; i < first + files; i++)
        {
            byte[] file = fuzz.File(seed, i);
            long start = Stopwatch.GetTimestamp();
            if (Fault(file, out var outcome) is { } fault)
            {
                if (!faults.ContainsKey(fault)) Console.WriteLine(Invariant($"file {i}: {fault}"));
                faults[fault] = faults.GetValueOrDefault(fault) + 1;
                if (keep is not null) File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(keep).FullName, Invariant($"{seed}-{i}.onnx")), file);
            }

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (outcome is { Refusal: null }) models++;
            if (outcome?.Bytes > bytes) (bytes, largestFile) = (outcome.Bytes, i);
            if (seconds > slowest) (slowest, slowestFile) = (seconds, i);
            if ((i - first + 1) % 10_000 == 0) Console.WriteLine(Invariant($"{i - first + 1} files, {faults.Values.Sum()} faults"));
        }

        int wrong = faults.Values.Sum();
        Console.WriteLine(Invariant($"{files} files, seed {seed}: {models} models, {files - models - wrong} refused, {wrong} faults; most allocated {bytes >> 20} MB (file {largestFile}), slowest {slowest:0.00} s (file {slowestFile})"));
        return wrong == 0 ? 0 : 1;
    }

    /// <summary>What is wrong with how an import ended; the exception's type and place stand for all like it.</summary>
    private static string? Fault(byte[] file, out FuzzedOutcome? outcome)
    {
        outcome = null;
        try
        {
            outcome = FuzzedImport.Import(file);
            return outcome.Bytes > FuzzedImport.LargestBytes ? "more than 2 GB allocated" : null;
        }
#pragma warning disable CA1031 // Finding every other exception is what this is for; each is counted and printed.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return $"{error.GetType().Name}: {error.Message} {string.Join(" < ", (error.StackTrace ?? "").Split('\n').Where(line => line.Contains("Distributed.", StringComparison.Ordinal)).Take(3).Select(line => line.Trim()))}";
        }
    }
}
