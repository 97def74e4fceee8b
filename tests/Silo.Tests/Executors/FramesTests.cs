using Distributed.Silo.Executors;
using Distributed.Sweeps;

namespace Distributed.Silo.Tests;

public sealed class FramesTests
{
    [Fact]
    public async Task Messages_come_out_as_they_went_in()
    {
        ToExecutor[] messages =
        [
            new ToExecutor.Run(new() { Spec = StubSilo.Spec("stub"), Trial = new(3), Epoch = 2, Candidate = new([new("ratio", 0.5)]) }),
            new ToExecutor.RungDecided("too slow"),
            new ToExecutor.RungDecided(null),
            new ToExecutor.Pause(7),
            new ToExecutor.Drain(),
        ];
        using MemoryStream stream = new();
        foreach (var message in messages) await Frames.Write(stream, message, TestContext.Current.CancellationToken);
        stream.Position = 0;
        foreach (var message in messages) Assert.Equal(SweepJson.Write(message), SweepJson.Write(Frames.ReadNow<ToExecutor>(stream)));
        Assert.Null(Frames.ReadNow<ToExecutor>(stream));
    }

    [Fact]
    public void A_failure_keeps_its_kind_beside_the_kind_of_its_outcome()
    {
        using MemoryStream stream = new();
        Frames.WriteNow<FromExecutor>(stream, new FromExecutor.Ended(new TrialOutcome.Failed(FailureKind.OutOfMemory, "no more")));
        stream.Position = 0;
        Assert.Equal(new FromExecutor.Ended(new TrialOutcome.Failed(FailureKind.OutOfMemory, "no more")), Frames.ReadNow<FromExecutor>(stream));
    }

    [Fact]
    public void A_frame_that_the_end_cuts_off_is_no_message()
    {
        using MemoryStream stream = new();
        Frames.WriteNow<ToExecutor>(stream, new ToExecutor.Drain());
        stream.SetLength(stream.Length - 1);
        stream.Position = 0;
        Assert.Null(Frames.ReadNow<ToExecutor>(stream));
    }

    [Fact]
    public void Bytes_that_are_no_frame_are_told_as_such() =>
        Assert.Throws<InvalidDataException>(() => Frames.ReadNow<ToExecutor>(new MemoryStream("ERROR: native noise"u8.ToArray())));
}
