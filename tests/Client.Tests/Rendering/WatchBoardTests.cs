using Distributed.Client.Rendering;
using Distributed.Client.Sessions;
using Distributed.Client.Tests.Samples;
using Distributed.Contracts;
using Spectre.Console.Testing;

namespace Distributed.Client.Tests.Rendering;

public sealed class WatchBoardTests
{
    [Theory]
    [InlineData("watch-board.txt", 100, 40)]
    [InlineData("watch-board-small.txt", 60, 16)]
    public void As_much_is_shown_as_there_is_room_for(string file, int width, int height)
    {
        string shown = Rendered(Picture(), width, height);
        Expected.Matches(shown, Path.Combine(Expected.Folder(), file));
        Assert.True(shown.TrimEnd('\n').Split('\n').Length <= height, $"It has more than {height} lines.");
    }

    [Fact]
    public void A_silo_that_does_not_answer_is_told()
    {
        var picture = Picture();
        picture.LostSince = SampleSweep.Start.AddSeconds(30);
        Assert.Contains("the silo does not answer since 03:04:35 UTC", Rendered(picture, 120, 40), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_thousand_running_trials_some_are_shown_and_the_rest_counted()
    {
        var picture = Picture();
        for (int trial = 7; trial < 1000; trial++)
        {
            picture.Apply(new LogEntry(picture.State.Next, SampleSweep.Start, new SweepRecord.Suggested(new(trial), new([]), "sobol")));
            picture.Apply(new LogEntry(picture.State.Next, SampleSweep.Start, new SweepRecord.Leased(new(trial), 1, "host/2")));
        }

        string shown = Rendered(picture, 100, 40);
        Assert.InRange(shown.TrimEnd('\n').Split('\n').Length, 30, 40);
        Assert.Contains("more", shown, StringComparison.Ordinal);
    }

    private static SweepPicture Picture()
    {
        var picture = SampleSweep.Picture(finished: false);
        picture.Apply(new SweepEvent.Progressed(new(6), "host/1", new() { Phase = TrialPhase.FineTuning, Epoch = 0.5, Epochs = 2, Loss = 1.25, ImagesPerSecond = 400 }));
        return picture;
    }

    private static string Rendered(SweepPicture picture, int width, int height)
    {
        TestConsole console = new();
        (console.Profile.Width, console.Profile.Height) = (width, height);
        console.Write(WatchBoard.Of(picture, SampleSweep.Start.AddMinutes(1), width, height));
        return console.Output;
    }
}
