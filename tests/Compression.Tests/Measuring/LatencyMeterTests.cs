using CsCheck;
using Distributed.Compression.Graph;
using Distributed.Compression.Measuring;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Measuring;

public sealed class LatencyMeterTests
{
    private static readonly byte[] Model = [1];
    private static readonly byte[] Dense = [2];
    private static readonly LatencySpec Spec = new() { Sessions = 5, Warmup = 4, Runs = 20 };
    private readonly Host _host = new();

    /// <summary>A machine whose times are a function of the model and of the runs made so far.</summary>
    private sealed class Host
    {
        public Func<byte[], int, double> Time { get; set; } = (model, _) => model[0];

        public int Runs { get; private set; }

        public int Opened { get; private set; }

        public int Closed { get; private set; }

        public IModelSession Open(byte[] model, LatencySpec spec)
        {
            Opened++;
            return new Session(this, model);
        }

        private sealed class Session(Host host, byte[] model) : IModelSession
        {
            public double Run() => host.Time(model, host.Runs++);

            public void Dispose() => host.Closed++;
        }
    }

    private LatencyMeasurement Measured() => new LatencyMeter(_host.Open).Measure(Model, Dense, Spec, TestContext.Current.CancellationToken);

    [Fact]
    public void Steady_times_give_their_ratio_exactly()
    {
        var it = Measured();
        Assert.Equal((1, 1, 0.5, 0, true, 0), (it.MedianMs, it.P95Ms, it.Ratio, it.RatioDeviation, it.Settled, it.Repeats));
        Assert.Equal((10, 10), (_host.Opened, _host.Closed));
    }

    [Fact]
    public void A_slow_drift_of_the_machine_does_not_move_the_ratio() => Gen.Double[-0.02, 0.02].Sample(
        drift =>
        {
            _host.Time = (model, run) => model[0] * (1 + (drift * (run % 250) / 250));
            Assert.InRange(Measured().Ratio, 0.5 * 0.9995, 0.5 * 1.0005);
        },
        iter: 50,
        threads: 1);

    [Fact]
    public void Single_disturbed_runs_move_neither_median_nor_ratio()
    {
        _host.Time = (model, run) => run % 7 == 0 ? 50 : model[0];
        var it = Measured();
        Assert.Equal((1, 0.5), (it.MedianMs, it.Ratio));
        Assert.True(it.P95Ms > 40);
    }

    [Fact]
    public void The_first_run_after_the_other_model_is_left_out()
    {
        byte[]? last = null;
        _host.Time = (model, _) =>
        {
            double time = ReferenceEquals(model, last) ? model[0] : model[0] + 9;
            last = model;
            return time;
        };
        Assert.Equal(0.5, Measured().Ratio);
    }

    [Fact]
    public void A_repetition_in_which_the_dense_model_moved_is_made_again()
    {
        _host.Time = (model, run) => model[0] * (run < 200 ? 1.1 : 1);
        var it = Measured();
        Assert.Equal((true, 1, 0.5, 1), (it.Settled, it.Repeats, it.Ratio, it.MedianMs));
    }

    [Fact]
    public void A_machine_that_never_settles_says_so_after_five_repeats()
    {
        _host.Time = (model, run) => model[0] * Math.Pow(1.001, run);
        var it = Measured();
        Assert.Equal((false, 5), (it.Settled, it.Repeats));
        Assert.InRange(it.Ratio, 0.49, 0.51);
    }

    [Fact]
    public void Slow_models_get_fewer_runs()
    {
        _host.Time = (_, _) => 200;
        Measured();
        Assert.InRange(_host.Runs, 5 * 2 * 13, 5 * 2 * 20);
        _host.Time = (_, _) => 5000;
        int before = _host.Runs;
        Measured();
        Assert.Equal(4 + (5 * 2 * (3 + 10)), _host.Runs - before);
    }

    [Fact]
    public void The_dense_model_has_the_ratio_one()
    {
        _host.Time = (_, run) => 2 + (run % 3 * 0.01);
        var it = new LatencyMeter(_host.Open).MeasureDense(Dense, Spec, TestContext.Current.CancellationToken);
        Assert.Equal((1, 2.01), (it.Ratio, it.MedianMs));
        Assert.InRange(it.RatioDeviation, 0, 0.01);
    }

    [Fact]
    public void A_cancelled_measurement_ends_and_closes_its_sessions()
    {
        using var cancel = new CancellationTokenSource();
        _host.Time = (_, run) =>
        {
            if (run == 60) cancel.Cancel();
            return 1;
        };
        Assert.Throws<OperationCanceledException>(() => new LatencyMeter(_host.Open).Measure(Model, Dense, Spec, cancel.Token));
        Assert.Equal(_host.Opened, _host.Closed);
    }

    [Fact]
    public void The_same_file_beside_itself_in_onnx_runtime_is_as_fast_as_itself()
    {
        byte[] model = OnnxWriter.ToBytes(Zoo.Build("resnet-8", 3, 24, 24, 10, seed: 1));
        var it = new LatencyMeter().Measure(model, model, new() { Runs = 40, Warmup = 10 }, TestContext.Current.CancellationToken);
        Assert.InRange(it.Ratio, 0.7, 1.4);
        Assert.True(it.MedianMs > 0 && it.P95Ms >= it.MedianMs);
    }

    [Fact]
    public void Files_that_onnx_runtime_cannot_load_and_fixed_batches_are_refused()
    {
        var meter = new LatencyMeter();
        Assert.Throws<InvalidInputException>(() => meter.Measure([1, 2, 3], [1, 2, 3], Spec, TestContext.Current.CancellationToken));
        var network = Zoo.Build("lenet", 1, 28, 28, 10, seed: 1);
        byte[] ofTwo = OnnxWriter.ToBytes(network with { Inputs = [network.Inputs[0] with { Shape = [2, 1, 28, 28] }] });
        var error = Assert.Throws<InvalidInputException>(() => meter.MeasureDense(ofTwo, Spec, TestContext.Current.CancellationToken));
        Assert.Contains("batches of 2", error.Message, StringComparison.Ordinal);
    }
}
