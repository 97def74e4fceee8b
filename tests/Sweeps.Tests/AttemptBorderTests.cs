using System.Runtime.InteropServices;

namespace Distributed.Sweeps.Tests;

public sealed class AttemptBorderTests
{
    public static TheoryData<Exception, FailureKind> Errors { get; } = new()
    {
        { new InvalidInputException("model", "it is a picture", "Give a model."), FailureKind.InvalidInput },
        { new InvalidInputException("store", "the account does not accept who asks", "Check the role.") { IsOfStore = true }, FailureKind.Storage },
        { new Blown(), FailureKind.NotFinite },
        { new StoreFullException("memory"), FailureKind.Storage },
        { new UnauthorizedAccessException("read-only"), FailureKind.Storage },
        { new InsufficientMemoryException("no more"), FailureKind.OutOfMemory },
        { new Native("DefaultCPUAllocator: not enough memory"), FailureKind.OutOfMemory },
        { new Native("CUDA out of memory. Tried to allocate 2.00 GiB."), FailureKind.OutOfMemory },
        { new Native("CUDA error: an illegal memory access was encountered"), FailureKind.Unexpected },
        { new Native("mat1 and mat2 shapes cannot be multiplied"), FailureKind.Unexpected },
        { new InvalidOperationException("a bug"), FailureKind.Unexpected },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Every_error_has_its_kind_and_only_unforeseen_ones_are_told(Exception error, FailureKind kind)
    {
        var told = new List<Exception>();
        var failed = Assert.IsType<TrialOutcome.Failed>(AttemptBorder.Run(() => throw error, new Context(cancelled: false), told.Add));
        Assert.Equal(kind, failed.Kind);
        Assert.Contains(error.Message, failed.Reason, StringComparison.Ordinal);
        Assert.Equal(kind == FailureKind.Unexpected ? [error] : [], told);
    }

    [Fact]
    public void A_cancelled_attempt_has_no_outcome_but_a_cancellation_that_nobody_asked_for_has_one()
    {
        Assert.Null(AttemptBorder.Run(() => throw new OperationCanceledException(), new Context(cancelled: true), _ => { }));
        Assert.IsType<TrialOutcome.Failed>(AttemptBorder.Run(() => throw new OperationCanceledException(), new Context(cancelled: false), _ => { }));
    }

    private sealed class Blown() : AttemptFailedException(FailureKind.NotFinite, "The loss is NaN.");

    private sealed class Native(string message) : ExternalException(message);

    private sealed class Context(bool cancelled) : ITrialContext
    {
        public CancellationToken Cancelled => new(cancelled);

        public bool DrainRequested => false;

        public void Report(TrialProgress progress)
        {
        }

        public void StepBoundary()
        {
        }

        public void Checkpointed(Checkpoint checkpoint)
        {
        }

        public string? AtRung(RungReport report) => null;

        public IDisposable MeasureAlone() => new MemoryStream();
    }
}
