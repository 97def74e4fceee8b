using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Measuring;
using Distributed.Compression.Tests.Data;
using Distributed.Compression.Tests.Graph;
using Distributed.Compression.Tests.Training;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Platform;

/// <summary>Tests that nothing else of this process runs beside: the pulse belongs to the process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PulseCollection
{
    public const string Name = "pulse";
}

/// <summary>What takes long beats while it goes on: a watcher that hears nothing else for minutes can tell it from a hang.</summary>
[Collection(PulseCollection.Name)]
public sealed class PulseTests
{
    private const int Batches = 4;
    private static readonly byte[] File = OnnxWriter.ToBytes(Models.Small("resnet-8"));

    [Fact]
    public void Each_batch_that_is_evaluated_beats()
    {
        var images = TrainingFixture.Images(Batches * 250);
        using var net = new TorchNetwork(TrainingFixture.Tiny(), TrainingDevice.Cpu);
        AtLeast(Batches, () => Evaluation.Accuracy(net, images, TrainingFixture.Norm));
    }

    [Fact]
    public void Each_batch_of_an_exported_file_beats()
    {
        using var evaluator = new OnnxEvaluator(File);
        AtLeast(Batches, () =>
        {
            for (int i = 0; i < Batches; i++) evaluator.Run(Models.Images(2, 1), [2, 3, 32, 32]);
        });
    }

    [Fact]
    public void Each_timed_run_beats()
    {
        using var session = OrtModelSession.Open(File, new LatencySpec());
        AtLeast(Batches, () =>
        {
            for (int i = 0; i < Batches; i++) session.Run();
        });
    }

    [Fact]
    public void Each_run_under_the_profile_beats() =>
        AtLeast(10, () => NodeTimes.Of(File, new LatencySpec(), 40, TestContext.Current.CancellationToken));

    [Fact]
    public void Each_image_beats_when_it_is_decoded_and_when_it_is_corrupted()
    {
        using var made = new DatasetFixture();
        var spec = DatasetFixture.Spec("image-folder", made.WriteArchive(DatasetFixture.Pets()));
        DatasetImages? images = null;
        AtLeast(7, () => images = new ImageFolderFormat().Load(spec, made.Cache, TestContext.Current.CancellationToken));
        AtLeast(images!.Train.Count, () => Corruption.Of(images.Train, 1));
    }

    [Fact]
    public void Blocks_of_a_large_file_beat()
    {
        using var made = new DatasetFixture();
        string path = made.At("images.idx");
        System.IO.File.WriteAllBytes(path, DatasetFixture.Idx([Batches, 1 << 20], new byte[Batches << 20]));
        AtLeast(Batches, () => IdxFile.Read(path, 2));
    }

    private static void AtLeast(int beats, Action work)
    {
        long before = Pulse.Beats;
        work();
        Assert.InRange(Pulse.Beats - before, beats, long.MaxValue);
    }
}
