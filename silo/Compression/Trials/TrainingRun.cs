using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Takes a trainer to its end, step by step: waits while others measure, reports, asks at rungs, writes checkpoints, drains.</summary>
internal sealed class TrainingRun
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan BetweenCheckpoints = TimeSpan.FromSeconds(15);
    private readonly ITrialContext _context;
    private readonly TimeProvider _time;
    private long _reported;
    private long _checkpointed;
    private int _stepsReported;
    private double _loss;

    public TrainingRun(ITrialContext context, TimeProvider time)
    {
        (_context, _time) = (context, time);
        _reported = _checkpointed = time.GetTimestamp();
    }

    /// <summary>What the run is for; shown.</summary>
    public required TrialPhase Phase { get; init; }

    /// <summary>Epochs of the whole trial.</summary>
    public required double Epochs { get; init; }

    /// <summary>Optimizer steps of the trial before this run.</summary>
    public int StepsBefore { get; init; }

    /// <summary>Writes a checkpoint of the trainer as it stands.</summary>
    public required Action SaveCheckpoint { get; init; }

    /// <summary>Called after each step with the trial's steps so far; true ends the run at once.</summary>
    public Func<int, bool> GivenUp { get; init; } = _ => false;

    /// <summary>Runs to the end.</summary>
    /// <returns>Whether it came there: false when it was given up, or drained after a checkpoint.</returns>
    /// <exception cref="OperationCanceledException">The attempt is not wanted any more.</exception>
    public bool ToEnd(Trainer trainer)
    {
        _stepsReported = trainer.StepsDone;
        using EpochSpans epochs = new(_context, Phase);
        if (trainer.StepsDone < trainer.TotalSteps) _context.Report(Standing(trainer));
        while (trainer.StepsDone < trainer.TotalSteps)
        {
            _context.Cancelled.ThrowIfCancellationRequested();
            _context.StepBoundary();
            epochs.Enter((StepsBefore + trainer.StepsDone) / trainer.StepsPerEpoch);
            float loss = trainer.Step();
            ExecutorTelemetry.Trained(trainer.BatchSize);
            _loss = _loss == 0 ? loss : (0.95 * _loss) + (0.05 * loss);
            Report(trainer);
            if (GivenUp(StepsBefore + trainer.StepsDone)) return false;
            if (!CheckpointIfDue(trainer)) return false;
        }

        return true;
    }

    /// <returns>Whether to go on.</returns>
    private bool CheckpointIfDue(Trainer trainer)
    {
        bool ended = trainer.StepsDone == trainer.TotalSteps;
        bool drain = _context.DrainRequested && !ended;
        if (drain || (!ended && _time.GetElapsedTime(_checkpointed) > BetweenCheckpoints))
        {
            SaveCheckpoint();
            _checkpointed = _time.GetTimestamp();
        }

        return !drain;
    }

    private void Report(Trainer trainer)
    {
        var elapsed = _time.GetElapsedTime(_reported);
        if (elapsed < BetweenReports && trainer.StepsDone < trainer.TotalSteps) return;
        _context.Report(Standing(trainer) with
        {
            Loss = _loss,
            ImagesPerSecond = elapsed > TimeSpan.Zero ? (trainer.StepsDone - _stepsReported) * trainer.BatchSize / elapsed.TotalSeconds : null,
        });
        _reported = _time.GetTimestamp();
        _stepsReported = trainer.StepsDone;
    }

    private TrialProgress Standing(Trainer trainer) =>
        new() { Phase = Phase, Epoch = (StepsBefore + trainer.StepsDone) / (double)trainer.StepsPerEpoch, Epochs = Epochs };
}
