namespace Distributed.Search.Tests;

public sealed class SearchHistoryTests
{
    [Fact]
    public void Without_a_horizon_whatever_is_closed_is_known()
    {
        var history = SearchHistory.For([Dense, Trial(1, TrialStatus.Running), Trial(2, TrialStatus.Failed)], 3, 0)!;

        Assert.Equal([0, 2], history.Closed.Select(trial => trial.Trial.Number));
        Assert.Equal([1.0], history.Pending.Select(candidate => candidate.Number("steps")!.Value));
        Assert.Equal(3, history.Next);
    }

    [Fact]
    public void With_a_horizon_later_trials_are_pending_even_when_they_are_closed()
    {
        TrialState[] trials = [Dense, Trial(1, TrialStatus.Failed), Trial(2, TrialStatus.Running), Trial(3, TrialStatus.Failed), Trial(4, TrialStatus.Running)];

        var history = SearchHistory.For(trials, 4, 3)!;

        Assert.Equal([0, 1], history.Closed.Select(trial => trial.Trial.Number));
        Assert.Equal([2.0, 3.0], history.Pending.Select(candidate => candidate.Number("steps")!.Value));
        Assert.Equal(4, history.Next);
    }

    [Fact]
    public void A_trial_that_must_be_waited_for_gives_no_history_yet()
    {
        Assert.Null(SearchHistory.For([Dense, Trial(1, TrialStatus.Running), Trial(2, TrialStatus.Failed)], 3, 2));
        Assert.Null(SearchHistory.For([Dense with { Status = TrialStatus.Running, Measurement = null }], 1, 4));
    }

    [Fact]
    public void The_dense_baseline_is_an_observation_without_a_candidate()
    {
        var history = SearchHistory.For([Dense], 1, 4)!;

        Assert.Equal(0.9, history.Dense!.Accuracy);
        Assert.Empty(history.Candidates);
        Assert.Equal(1, history.Next);
    }

    private static TrialState Dense { get; } = new()
    {
        Id = TrialId.Dense,
        Status = TrialStatus.Completed,
        Measurement = new()
        {
            Accuracy = 0.9,
            TestAccuracy = 0.5,
            CorruptedAccuracy = 0.7,
            Latency = new(1, 1, 1, 0, 0, true, 0),
            Macs = 1,
            Parameters = 1,
            Bytes = 1,
        },
    };

    private static TrialState Trial(int number, TrialStatus status) => new()
    {
        Id = new(number),
        Status = status,
        Candidate = new([KeyValuePair.Create<string, ParameterValue>("steps", number)]),
    };
}
