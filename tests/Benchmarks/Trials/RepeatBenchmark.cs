using System.CommandLine;
using Distributed.Compression.Measuring;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>Whether reported latency ratios can be measured again: on the idle host, and while neighbours keep its cores busy.</summary>
/// <remarks>All plans are measured once, then all again in the same order, so that minutes lie between the two; then all with neighbours.</remarks>
internal sealed class RepeatBenchmark : IBenchmark
{
    private const double IdleLimit = 0.05;
    private const double BusyLimit = 0.1;
    private const double LeastShare = 0.95;

    private readonly Option<string[]> _models = new("--models")
    {
        Description = "Zoo networks.",
        DefaultValueFactory = _ => ["resnet-8", "resnet-20"],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _count = new("--count") { Description = "Random plans of each.", DefaultValueFactory = _ => 10 };
    private readonly Option<int> _neighbours = new("--neighbours") { Description = "Busy processes beside the last round.", DefaultValueFactory = _ => 2 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Of the plans.", DefaultValueFactory = _ => 1 };

    public Command Command()
    {
        var command = new Command("repeat", "Latency ratios measured again, idle and beside busy neighbours.") { _models, _count, _neighbours, _seed };
        command.SetAction(parsed => Run(
            Plans(parsed.GetRequiredValue(_models), parsed.GetValue(_count), parsed.GetValue(_seed)), parsed.GetValue(_neighbours)));
        return command;
    }

    private static List<(string Name, MeasuredModel Model, int[] Widths)> Plans(string[] models, int count, ulong seed)
    {
        var plans = new List<(string, MeasuredModel, int[])>();
        foreach (string name in models)
        {
            var model = new MeasuredModel(name, seed);
            var random = new SeededRandom(seed, $"benchmarks/repeat/{name}");
            for (int i = 0; i < count; i++) plans.Add((name, model, [.. model.Widths.Select(width => Math.Max(4, width * random.Next(1, 5) / 4))]));
        }

        return plans;
    }

    private static int Run(List<(string Name, MeasuredModel Model, int[] Widths)> plans, int neighbours)
    {
        Console.WriteLine(Invariant($"repeat, {plans.Count} plans, load {HostLoad.OneMinute():0.0}"));
        var first = Round(plans);
        var second = Round(plans);
        List<LatencyMeasurement> busy;
        using (new BusyNeighbours(neighbours)) busy = Round(plans);
        for (int i = 0; i < plans.Count; i++)
        {
            Console.WriteLine(Invariant(
                $"  {plans[i].Name} {string.Join(',', plans[i].Widths)}: {first[i].Ratio:0.000}, again {Text(second[i], first[i])}, busy {Text(busy[i], first[i])}"));
        }

        bool idle = Report("idle", first, second, IdleLimit);
        return Report(Invariant($"{neighbours} busy neighbours"), first, busy, BusyLimit) && idle ? 0 : 1;
    }

    private static List<LatencyMeasurement> Round(List<(string Name, MeasuredModel Model, int[] Widths)> plans) =>
        [.. plans.Select(plan => plan.Model.Measure(plan.Widths))];

    private static string Text(LatencyMeasurement again, LatencyMeasurement first) =>
        Invariant($"{again.Ratio:0.000} ({Apart(first, again):0.0 %}{(again.Settled ? "" : ", unsettled")})");

    private static double Apart(LatencyMeasurement first, LatencyMeasurement again) => Math.Abs((again.Ratio / first.Ratio) - 1);

    private static bool Report(string where, List<LatencyMeasurement> first, List<LatencyMeasurement> again, double limit)
    {
        double[] apart = [.. first.Zip(again, Apart).Order()];
        double share = apart.Count(difference => difference <= limit) / (double)apart.Length;
        Console.WriteLine(Invariant($"repeat, {where}: {share:0 %} within {limit:0 %} (median {apart[apart.Length / 2]:0.0 %}, largest {apart[^1]:0.0 %}); to reach: {LeastShare:0 %}"));
        return share >= LeastShare;
    }
}
