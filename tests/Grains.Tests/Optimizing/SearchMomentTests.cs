using CsCheck;

namespace Distributed.Grains.Tests;

public sealed class SearchMomentTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void What_is_kept_of_closed_trials_gives_the_moment_that_all_of_them_give(int horizon) => Gen.Bool.List[4, 40].Sample(closings =>
    {
        ClosedTrials closed = new();
        SweepSearch search = new();
        SweepState state = new();
        SweepSpec spec = new()
        {
            Name = new("moment"),
            Model = new(),
            Dataset = new() { Format = "shapes" },
            Space = new([new Parameter.Real("ratio", 0, 0.75, PerFamily: true), new Parameter.Real("learning-rate", 0.001, 0.1, Scale.Log)]),
            Budget = new() { Trials = 100 },
            Sampler = new() { Name = "random", Horizon = horizon },
        };
        Apply(new SweepRecord.Launched(spec));
        Apply(new SweepRecord.Suggested(TrialId.Dense, null, "dense baseline"));
        Close(0);
        // Every trial is closed at once or left open until three later ones are there.
        for (int i = 0; i < closings.Count; i++)
        {
            TrialId next = new(state.Trials.Count);
            for (int open = 0; open <= next.Number - Math.Max(3, horizon); open++) if (!state.Trials[open].IsClosed) Close(open);
            closed.Take(state);
            var (kept, all) = (SearchMoment.For(state, next, closed), SearchMoment.For(state, next));
            Assert.Equal(all.Known.Select(trial => trial.Id), kept.Known.Select(trial => trial.Id));
            Assert.Equal(all.Pending.Select(trial => trial.Id), kept.Pending.Select(trial => trial.Id));
            Assert.Equal(all.Known.Select(trial => trial.Id), kept.Seen!.Select(seen => seen.Trial));
            Assert.True(kept.Kept > 0);
            var suggested = search.Suggest(kept)!;
            Assert.Equal(SweepJson.Write(search.Suggest(all)), SweepJson.Write(suggested));
            Apply(suggested);
            if (closings[i]) Close(next.Number);
        }

        void Apply(SweepRecord record) => state.Apply(new(state.Next, default, record));

        void Close(int number) => Apply(new SweepRecord.TrialClosed(new(number), 1, number == 0
            ? new TrialOutcome.Prepared(StubModel.Measure(null), StubModel.Profile, SimulatedWorker.Files)
            : new TrialOutcome.Completed(StubModel.Measure(state.Trials[number].Candidate), SimulatedWorker.Files, 1)));
    }, iter: 100);
}
