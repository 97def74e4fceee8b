using System.CommandLine;
using Distributed.Artifacts;

namespace Distributed.Benchmarks;

/// <summary>What the control plane bears: real silos, grains and stores, and slots that only wait.</summary>
internal sealed class ClusterBenchmark : IBenchmark
{
    private static readonly string[] Parts = ["null", "azurite", "slots", "reports", "long", "tell"];

    private readonly Option<string[]> _parts = new("--part")
    {
        Description = "What is measured: null (null trials a second), azurite (the same in blobs), slots (slots with 30 s trials), reports (progress reports a second), long (a long sweep comes to life), tell (completion by the trials before). Default: all.",
        DefaultValueFactory = _ => Parts,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _trials = new("--trials") { Description = "Null trials.", DefaultValueFactory = _ => 10_000 };
    private readonly Option<int> _slots = new("--slots") { Description = "Slots with 30 s trials.", DefaultValueFactory = _ => 1000 };
    private readonly Option<int> _seconds = new("--seconds") { Description = "How long the slots run.", DefaultValueFactory = _ => 120 };
    private readonly Option<int> _long = new("--long") { Description = "Trials of the long sweep.", DefaultValueFactory = _ => 100_000 };
    private readonly Option<int> _horizon = new("--horizon") { Description = "Of the sweeps of tell; 0 for none.", DefaultValueFactory = _ => 64 };
    private readonly Option<FileInfo?> _against = new("--against") { Description = "throughput.csv of others." };

    public Command Command()
    {
        var command = new Command("cluster", "Trials, hand-outs and reports a second; a long sweep's time and memory.") { _parts, _trials, _slots, _seconds, _long, _horizon, _against };
        _parts.AcceptOnlyFromAmong(Parts);
        command.SetAction(async (parsed, _) =>
        {
            bool kept = true;
            PeerThroughput table = new(parsed.GetValue(_against));
            foreach (string part in parsed.GetRequiredValue(_parts))
            {
                kept &= part switch
                {
                    "null" => await NullTrials.InFolder(parsed.GetValue(_trials), table),
                    "azurite" => await NullTrials.InBlobs(parsed.GetValue(_trials), table),
                    "slots" => await SlotsPart.Run(parsed.GetValue(_slots), parsed.GetValue(_seconds)),
                    "reports" => await ReportsPart.Run(),
                    "long" => await LongPart.Run(parsed.GetValue(_long)),
                    _ => await TellPart.Run(parsed.GetValue(_long), parsed.GetValue(_horizon)),
                };
            }

            table.Print();
            return kept ? 0 : 1;
        });
        return command;
    }

    /// <summary>A folder for one run, and then it is gone.</summary>
    public static async Task<T> InNewFolder<T>(Func<StoreAddress, Task<T>> run)
    {
        string folder = Directory.CreateTempSubdirectory("cluster-benchmark-").FullName;
        try
        {
            return await run(StoreAddress.Parse(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>"p50 1.2 ms, p99 3.4 ms".</summary>
    public static string Percentiles(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return sorted.Length == 0 ? "none" : Invariant($"p50 {Part(sorted, 0.5):0.0} ms, p99 {Part(sorted, 0.99):0.0} ms");
    }

    /// <summary>The value below which so many of some sorted values lie.</summary>
    public static double Part(double[] sorted, double part) => sorted[(int)(part * (sorted.Length - 1))];
}
