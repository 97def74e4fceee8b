using System.CommandLine;
using System.Diagnostics;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>Imports a generated model of 100 MB, and how far the process grows on the way.</summary>
internal sealed class ImportBenchmark : IBenchmark
{
    private const double LargestSeconds = 5;
    private readonly Option<int> _megabytes = new("--mb") { Description = "Size of the model.", DefaultValueFactory = _ => 100 };

    public Command Command()
    {
        var command = new Command("import", "Import (read, normalise, infer shapes, group) of a generated model.") { _megabytes };
        command.SetAction(parsed => Run(parsed.GetValue(_megabytes)));
        return command;
    }

    private static int Run(int megabytes)
    {
        string folder = Directory.CreateTempSubdirectory("import").FullName;
        try
        {
            string file = Path.Combine(folder, "model.onnx");
            using (var stream = File.Create(file)) OnnxWriter.Write(Generate(megabytes), stream);
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            long bytes = new FileInfo(file).Length;
            // Linux forgets the peak of what came before.
            if (File.Exists("/proc/self/clear_refs")) File.WriteAllText("/proc/self/clear_refs", "5");
            long before = Process.GetCurrentProcess().WorkingSet64;
            long start = Stopwatch.GetTimestamp();
            var network = ModelSource.Import(file);
            double imported = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var grouping = ChannelGroups.Of(network);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double growth = (Process.GetCurrentProcess().PeakWorkingSet64 - before) / (double)bytes;
            Console.WriteLine(Invariant($"{bytes >> 20} MB, {network.Nodes.Length} nodes, {grouping.Families.Length} families: imported in {imported:0.00} s, grouped after {seconds:0.00} s; the process grew by at most {growth:0.00} times the model"));
            return seconds < LargestSeconds ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Plain convolutions of equal width, of which as many as fill the size.</summary>
    private static Network Generate(int megabytes)
    {
        const int Width = 512;
        var random = new SeededRandom(1, "benchmarks/import");
        var net = new NetworkBuilder("generated", 1);
        string x = net.ConvBnRelu("stem", net.Input(3, 32, 32), Width, 3, stride: 2, pad: 1);
        int layers = Math.Max(1, (int)(megabytes * (1L << 20) / (Width * Width * 9 * sizeof(float))));
        for (int i = 0; i < layers; i++)
        {
            string name = Invariant($"layer{i}");
            float[] weights = new float[Width * Width * 9];
            for (int at = 0; at < weights.Length; at++) weights[at] = random.NextSingle() - 0.5f;
            string weight = net.Constant($"{name}.weight", new FloatTensor([Width, Width, 3, 3], weights));
            x = net.Relu($"{name}.relu", net.BatchNormalization($"{name}.bn", net.Add("Conv", name, [x, weight], ("pads", new long[] { 1, 1, 1, 1 }))));
        }

        return net.Build(net.PooledHead(x, 10));
    }
}
