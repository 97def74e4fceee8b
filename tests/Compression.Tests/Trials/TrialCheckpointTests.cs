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
            var read = TrialCheckpoint.FromBytes(new TrialCheckpoint(segment, steps, kept, imported, network, trainer).ToBytes());
            Assert.Equal((segment, steps, imported), (read.Segment, read.StepsBefore, read.Imported));
            Assert.Equal(kept, read.Kept);
            Assert.Equal(network, read.Network);
            Assert.Equal(trainer, read.Trainer);
        });
}
