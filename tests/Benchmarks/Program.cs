using System.CommandLine;
using Distributed.Benchmarks;

// One file and one line for each benchmark. Each prints what it measured; exit code 1 says that a limit was not kept.
IBenchmark[] benchmarks =
[
    new AskBenchmark(),
    new ImportanceBenchmark(),
    new ClusterBenchmark(),
    new ConformanceBenchmark(),
    new FuzzBenchmark(),
    new DashboardBenchmark(),
    new ImportBenchmark(),
    new HypervolumeBenchmark(),
    new LatencyPredictionBenchmark(),
    new OverheadBenchmark(),
    new RepeatBenchmark(),
    new SearchBenchmark(),
    new RecoveryBenchmark(),
    new CombinedBenchmark(),
    new SlicesBenchmark(),
    new StoppingBenchmark(),
    new MemoryBenchmark(),
    new QuantizationBenchmark(),
    new TelemetryBenchmark(),
    new ThroughputBenchmark(),
    new TrapBenchmark(),
];

var root = new RootCommand("Measures what the design promises. Run on an idle machine: dotnet run -c Release --project tests/Benchmarks -- NAME");
foreach (var benchmark in benchmarks) root.Subcommands.Add(benchmark.Command());
root.Subcommands.Add(BusyNeighbours.Command());
root.Subcommands.Add(TelemetrySink.Command());
root.Subcommands.Add(TelemetryTrainer.Command());
return root.Parse(args).Invoke();
