using CsCheck;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Trials;

public sealed class TrialCheckpointTests
{
    [Fact]
    public void What_is_written_is_read_again() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 99], Gen.Int[0, 50].Array.Array[0, 4], Gen.Byte.Array, Gen.Byte.Array).Sample((segment, steps, kept, network, trainer) =>
        {
            var imported = segment % 2 == 0 ? new ImportedAccuracy(0.5, 0.25) : null;
            var read = TrialCheckpoint.FromBytes(new TrialCheckpoint(segment, steps, kept, imported, network, trainer) { Accepted = [.. trainer, .. network] }.ToBytes());
            Assert.Equal((segment, steps, imported), (read.Segment, read.StepsBefore, read.Imported));
            Assert.Equal(kept, read.Kept);
            Assert.Equal(network, read.Network);
            Assert.Equal(trainer, read.Trainer);
            Assert.Equal([.. trainer, .. network], read.Accepted);
        });

    [Fact]
    public void A_checkpoint_from_before_there_was_an_accepted_network_is_read() =>
        Assert.Equal([7], TrialCheckpoint.FromBytes(Whole().AsSpan()[..^4]).Trainer);

    [Fact]
    public void A_cut_one_is_refused_wherever_it_is_cut()
    {
        byte[] whole = Whole();
        for (int length = 0; length < whole.Length; length++)
        {
            if (length != whole.Length - 4) Assert.Throws<InvalidDataException>(() => TrialCheckpoint.FromBytes(whole.AsSpan(0, length)));
        }
    }

    [Fact]
    public void One_with_a_damaged_header_is_refused()
    {
        byte[] whole = Whole();
        whole[4] = (byte)'?';
        Assert.Throws<InvalidDataException>(() => TrialCheckpoint.FromBytes(whole));
    }

    private static byte[] Whole() => new TrialCheckpoint(1, 5, [[0, 2]], null, [1, 2], [7]).ToBytes();
}
