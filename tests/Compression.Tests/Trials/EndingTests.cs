using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Trials;

[Collection(nameof(TrialCollection))]
public sealed class EndingTests(TrialFixture fixture)
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.5)]
    [InlineData(2, 1)]
    public void A_trial_given_up_at_a_rung_says_where(int rung, double epochs)
    {
        using var context = new RecordingContext { StopAt = rung };
        var stopped = Assert.IsType<TrialOutcome.Stopped>(fixture.Run(fixture.Store, fixture.Candidate(20, (ParameterNames.Ratio, 0.5)), context));
        Assert.Equal((rung, epochs, "the test gives it up"), (stopped.At.Rung, stopped.At.Epochs, stopped.Reason));
        Assert.Equal(rung + 1, context.Rungs.Count);
        Assert.Equal(0, context.Measurements);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10)]
    public void A_cancelled_attempt_ends_without_an_outcome(int boundary)
    {
        using var context = new RecordingContext { CancelAt = boundary };
        Assert.Null(fixture.Run(fixture.Store, fixture.Candidate(21, (ParameterNames.Ratio, 0.5)), context));
        Assert.Empty(context.Checkpoints);
    }

    [Fact]
    public void A_learning_rate_that_blows_up_fails_as_not_finite()
    {
        var failed = Assert.IsType<TrialOutcome.Failed>(
            fixture.Run(fixture.Store, fixture.Candidate(22, (ParameterNames.Ratio, 0.5), (ParameterNames.LearningRate, 1e30))));
        Assert.Equal(FailureKind.NotFinite, failed.Kind);
        Assert.Contains("learning rate", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_blow_up_in_the_last_step_fail_as_not_finite()
    {
        var failed = Assert.IsType<TrialOutcome.Failed>(
            fixture.Run(fixture.Store, fixture.Candidate(23, (ParameterNames.LearningRate, 1e38), (ParameterNames.WeightDecay, 1e30), (ParameterNames.Epochs, 1 / 6.0))));
        Assert.Equal(FailureKind.NotFinite, failed.Kind);
    }

    [Fact]
    public void A_store_without_space_for_the_model_fails_the_attempt_as_storage()
    {
        var store = new FullStore(fixture.Store, "model.onnx");
        var failed = Assert.IsType<TrialOutcome.Failed>(fixture.Run(store, fixture.Candidate(24, (ParameterNames.Ratio, 0.5))));
        Assert.Equal(FailureKind.Storage, failed.Kind);
        Assert.Contains("no space left", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_without_space_for_a_checkpoint_costs_the_checkpoint_alone()
    {
        var store = new FullStore(fixture.Store, ".checkpoint");
        using var context = new RecordingContext { DrainAt = 2 };
        Assert.Null(fixture.Run(store, fixture.Candidate(24, (ParameterNames.Ratio, 0.5)), context));
        Assert.InRange(store.Refused, 1, int.MaxValue);
        Assert.IsType<TrialOutcome.Completed>(fixture.Run(store, fixture.Candidate(24, (ParameterNames.Ratio, 0.5))));
    }

    [Fact]
    public void An_unknown_criterion_fails_as_invalid_input()
    {
        var failed = Assert.IsType<TrialOutcome.Failed>(
            fixture.Run(fixture.Store, fixture.Candidate(25, (ParameterNames.Ratio, 0.5), (ParameterNames.Criterion, "l3"))));
        Assert.Equal(FailureKind.InvalidInput, failed.Kind);
        Assert.Contains("'l3'", failed.Reason, StringComparison.Ordinal);
    }

    /// <summary>Has no space left for files of an ending.</summary>
    private sealed class FullStore(IArtifactStore inner, string ending) : IArtifactStore
    {
        public int Refused { get; private set; }

        public Task<ArtifactRef> Put(ArtifactName name, Stream content, CancellationToken cancellation = default)
        {
            if (!name.Value.EndsWith(ending, StringComparison.Ordinal)) return inner.Put(name, content, cancellation);
            Refused++;
            throw new StoreFullException("memory");
        }

        public Task<Stream> Open(ArtifactRef artifact, CancellationToken cancellation = default) => inner.Open(artifact, cancellation);

        public Task<ArtifactRef?> Find(ArtifactName name, CancellationToken cancellation = default) => inner.Find(name, cancellation);

        public IAsyncEnumerable<ArtifactName> List(string prefix, CancellationToken cancellation = default) => inner.List(prefix, cancellation);

        public Task Delete(ArtifactName name, CancellationToken cancellation = default) => inner.Delete(name, cancellation);
    }
}
