using System.CommandLine;
using System.Diagnostics;
using Distributed.Search;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>How long the hypervolume of many points takes, and taking one more point into a long front.</summary>
internal sealed class HypervolumeBenchmark : IBenchmark
{
    private readonly Option<int> _points = new("--points") { Description = "Points of four objectives.", DefaultValueFactory = _ => 200 };
    private readonly Option<int> _front = new("--front") { Description = "Points of the two-objective front.", DefaultValueFactory = _ => 10_000 };
    private readonly Option<int> _repeats = new("--repeats") { Description = "How often each is timed.", DefaultValueFactory = _ => 25 };

    public Command Command()
    {
        var command = new Command("hypervolume", "Time for exact hypervolumes and front updates.") { _points, _front, _repeats };
        command.SetAction(parsed => Run(parsed.GetValue(_points), parsed.GetValue(_front), parsed.GetValue(_repeats)));
        return command;
    }

    private static int Run(int points, int front, int repeats)
    {
        var volumes = Quartiles.Of(Enumerable.Range(-3, repeats + 3).Select(seed => (seed, Volume(Sphere(points, 4, seed)))).Where(run => run.seed >= 0).Select(run => run.Item2));
        Console.WriteLine(Invariant($"hypervolume of {points} non-dominated points, 4 objectives: {volumes}"));
        var (updates, longest) = Updates(front);
        Console.WriteLine(Invariant($"one more point of a front that grows to {front}, 2 objectives: {updates.Median * 1000:0.0} µs (upper quartile {updates.Upper * 1000:0.0} µs, longest {longest:0.00} ms)"));
        return volumes.Median <= 50 && updates.Upper <= 1 ? 0 : 1;
    }

    private static double Volume(List<double[]> points)
    {
        long start = Stopwatch.GetTimestamp();
        double volume = Hypervolume.Of(points, [1.1, 1.1, 1.1, 1.1]);
        return volume > 0 ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : throw new InvalidOperationException("There is no volume.");
    }

    private static (Quartiles Times, double Longest) Updates(int count)
    {
        var staircase = new Staircase(1.1, 1.1);
        var times = new List<double>();
        foreach (double[] point in Sphere(count, 2, 1))
        {
            long start = Stopwatch.GetTimestamp();
            staircase.Add(point[0], point[1]);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return staircase.Steps.Count == count ? (Quartiles.Of(times), times.Max()) : throw new InvalidOperationException("Some points are dominated.");
    }

    /// <summary>Points of the unit sphere's positive part: none dominates another.</summary>
    private static List<double[]> Sphere(int count, int objectives, int seed)
    {
        var random = new SeededRandom((ulong)(seed + 100), "sphere");
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            double[] direction = [.. Enumerable.Range(0, objectives).Select(_ => Math.Abs(random.NextNormal()))];
            double length = Math.Sqrt(direction.Sum(x => x * x));
            return direction.Select(x => x / length).ToArray();
        })];
    }
}
