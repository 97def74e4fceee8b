using Distributed.Sweeps;

namespace Distributed.Compression.Measuring;

/// <summary>Measures the latency of a model beside that of the dense one, in one process and in turn. Nothing else may compute on the host meanwhile.</summary>
/// <remarks>
/// A repetition opens <see cref="LatencySpec.Sessions"/> pairs of fresh sessions (a session's memory layout alone moves its median by a
/// percent), warms both up and times them by <see cref="SessionPair"/>. The ratio is the median of the pairs' ratios. When the dense model
/// moved by more than 3 % between the first and the last session, the repetition is thrown away and made again, at most five times; then
/// the one with the least movement counts and says that it did not settle. Slow models get fewer runs, never under 10 of a session, so
/// that a repetition stays near five seconds; a model of a millisecond or less gets all.
/// </remarks>
/// <param name="open">Loads a model; the second argument is the batch size and the threads.</param>
internal sealed class LatencyMeter(Func<byte[], LatencySpec, IModelSession> open)
{
    private const double Movement = 0.03;
    private const int MostRepeats = 5;
    private const double RepetitionMs = 5_000;
    private const int FewestWarmup = 3;
    private const int FewestRuns = 10;

    /// <summary>Measures in ONNX Runtime.</summary>
    public LatencyMeter()
        : this(OrtModelSession.Open)
    {
    }

    /// <summary>Measures a model beside the dense one.</summary>
    /// <exception cref="InvalidInputException">ONNX Runtime refuses a model.</exception>
    public LatencyMeasurement Measure(byte[] candidate, byte[] dense, LatencySpec spec, CancellationToken cancellation = default)
    {
        double load = HostLoad.OneMinute();
        var (best, repeats) = Settle(() => Repetition(candidate, dense, spec, cancellation));
        double[] ratios = [.. best.Select(pair => pair.Ratio)];
        double[] runs = [.. best.SelectMany(pair => pair.Model)];
        return new(
            Order.Median(runs), Order.Quantile(runs, 0.95), Order.Median(ratios), Order.Deviation(ratios), load, Moved(best) <= Movement, repeats);
    }

    /// <summary>Measures the dense model itself: its ratio is 1, the deviation that of its sessions' medians, relative.</summary>
    /// <exception cref="InvalidInputException">ONNX Runtime refuses the model.</exception>
    public LatencyMeasurement MeasureDense(byte[] dense, LatencySpec spec, CancellationToken cancellation = default)
    {
        double load = HostLoad.OneMinute();
        var (best, repeats) = Settle(() => Repetition(dense, dense, spec, cancellation));
        double[] runs = [.. best.SelectMany(pair => pair.Model.Concat(pair.Reference))];
        double median = Order.Median(runs);
        double[] sessions = [.. best.Select(pair => Order.Median(pair.Reference) / median)];
        return new(median, Order.Quantile(runs, 0.95), 1, Order.Deviation(sessions), load, Moved(best) <= Movement, repeats);
    }

    private static (SessionPair[] Best, int Repeats) Settle(Func<SessionPair[]> repetition)
    {
        var best = repetition();
        int repeats = 0;
        while (Moved(best) > Movement && repeats < MostRepeats)
        {
            repeats++;
            var again = repetition();
            if (Moved(again) < Moved(best)) best = again;
        }

        return (best, repeats);
    }

    /// <summary>How far the reference went between the first and the last session, relative to the first.</summary>
    private static double Moved(SessionPair[] pairs) => Math.Abs((Order.Median(pairs[^1].Reference) / Order.Median(pairs[0].Reference)) - 1);

    private SessionPair[] Repetition(byte[] candidate, byte[] dense, LatencySpec spec, CancellationToken cancellation)
    {
        var pairs = new SessionPair[Math.Max(1, spec.Sessions)];
        (int warmup, int runs)? plan = null;
        for (int i = 0; i < pairs.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var model = open(candidate, spec);
            using var reference = open(dense, spec);
            plan ??= Plan(model, reference, spec);
            for (int run = 0; run < plan.Value.warmup; run++)
            {
                model.Run();
                reference.Run();
            }

            pairs[i] = SessionPair.Time(model, reference, plan.Value.runs, cancellation);
        }

        return pairs;
    }

    /// <summary>Warm-up and timed runs of each session, from the time of a second run of both.</summary>
    private static (int Warmup, int Runs) Plan(IModelSession model, IModelSession reference, LatencySpec spec)
    {
        model.Run();
        reference.Run();
        double both = model.Run() + reference.Run();
        double part = RepetitionMs / (spec.Sessions * both * (spec.Warmup + spec.Runs));
        return part >= 1
            ? (spec.Warmup, spec.Runs)
            : (Fewer(spec.Warmup, FewestWarmup), Fewer(spec.Runs, FewestRuns));
        int Fewer(int asked, int fewest) => Math.Min(asked, Math.Max(fewest, (int)(asked * part)));
    }
}
