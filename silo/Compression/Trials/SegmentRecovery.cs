using Distributed.Compression.Graph;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Wins back accuracy in one segment: recomputes BatchNormalization statistics, fine-tunes, asks at rungs, writes checkpoints.</summary>
internal sealed class SegmentRecovery
{
    private readonly TrialWorkshop _workshop;
    private readonly AttemptFiles _files;
    private readonly Segment _segment;
    private readonly int _stepsBefore;
    private readonly TrainingSpec _training;
    private readonly int _stepsPerEpoch;
    private readonly int _total;

    /// <param name="workshop">Brings the clock.</param>
    /// <param name="files">Where checkpoints go.</param>
    /// <param name="segment">Which segment.</param>
    /// <param name="stepsBefore">Optimizer steps of the segments before.</param>
    public SegmentRecovery(TrialWorkshop workshop, AttemptFiles files, Segment segment, int stepsBefore)
    {
        (_workshop, _files, _segment, _stepsBefore) = (workshop, files, segment, stepsBefore);
        _training = segment.Recipe.Recovery.Training;
        _stepsPerEpoch = Trainer.StepsIn(segment.Data.Splits.Train, _training);
        _total = (int)Math.Round(_training.Epochs * _stepsPerEpoch);
        int segments = segment.Recipe.Segments;
        Steps = (_total * (segment.Index + 1) / segments) - (_total * segment.Index / segments);
    }

    /// <summary>Optimizer steps of this segment: an equal share of all.</summary>
    public int Steps { get; }

    /// <summary>Optimizer steps of the trial after this segment.</summary>
    public int StepsAfter => _stepsBefore + Steps;

    /// <summary>Where the sweep gave the trial up, or null.</summary>
    public TrialOutcome.Stopped? Stopped { get; private set; }

    /// <param name="start">The network that the segment begins with.</param>
    /// <param name="state">The trainer's checkpoint, or null at the beginning.</param>
    /// <returns>The recovered network, or null when the trial was given up or drained.</returns>
    public Network? Run(Network start, byte[]? state)
    {
        using var net = new TorchNetwork(start, _segment.Data.Device);
        using var parts = new TrainingParts(_training);
        foreach (var stage in TrialStages.All) stage.Arrange(parts, start, _segment);
        using var trainer = new Trainer(
            net, _segment.Data.Splits.Train, _segment.Data.Normalization, _training, Steps, _segment.Seed, _segment.Purpose("training"), parts);
        if (state is not null) trainer.Load(new MemoryStream(state));
        else if (!Recalibrate(net)) return null;
        return Training(net, trainer, start).ToEnd(trainer) ? net.ToNetwork() : null;
    }

    private TrainingRun Training(TorchNetwork net, Trainer trainer, Network start)
    {
        byte[] network = OnnxWriter.ToBytes(start), accepted = AcceptedInCheckpoints();
        var rungs = _segment.IsLast ? RungSchedule.Steps(_segment.Assignment.Spec.EarlyStopping, _stepsPerEpoch, _total) : [];
        return new(_segment.Context, _workshop.Time)
        {
            Phase = TrialPhase.FineTuning,
            Epochs = _training.Epochs,
            StepsBefore = _stepsBefore,
            SaveCheckpoint = () => Save(trainer, network, accepted),
            GivenUp = step => rungs.IndexOf(step) is var rung and >= 0 && Ask(net, rung + 1, step / (double)_stepsPerEpoch),
        };
    }

    /// <summary>BatchNormalization statistics of the sliced network; after the last slicing this is rung 0.</summary>
    /// <returns>Whether to go on.</returns>
    private bool Recalibrate(TorchNetwork net)
    {
        _segment.Context.Report(new() { Phase = TrialPhase.Recalibrating });
        using (_segment.Context.Begin("recalibrate"))
            BatchNormalizationRecalibration.Run(net, _segment.Data.Splits.Train, _segment.Data.Normalization, _segment.Seed, _segment.Purpose("recalibration"));
        return !_segment.IsLast || !_segment.Assignment.Spec.EarlyStopping.Enabled || !Ask(net, 0, 0);
    }

    /// <returns>Whether the sweep gives the trial up.</returns>
    private bool Ask(TorchNetwork net, int rung, double epochs)
    {
        var report = new RungReport(rung, epochs, Judged(net, rung));
        if (_segment.Context.AtRung(report) is not { } reason) return false;
        Stopped = new(report, reason);
        return true;
    }

    private double Judged(TorchNetwork net, int rung)
    {
        using var span = _segment.Context.Begin("evaluate");
        span.Tag("rung", rung);
        return Evaluation.Accuracy(net, _segment.Data.Splits.Validation, _segment.Data.Normalization).Top1;
    }

    private void Save(Trainer trainer, byte[] network, byte[] accepted)
    {
        using var state = new MemoryStream();
        trainer.Save(state);
        int step = _stepsBefore + trainer.StepsDone;
        _files.SaveCheckpoint(step, step / (double)_stepsPerEpoch, new(_segment.Index, _stepsBefore, _segment.Kept, null, network, state.ToArray()) { Accepted = accepted });
    }

    /// <summary>The dense network, whole, is in the store; another one must travel with the checkpoint.</summary>
    private byte[] AcceptedInCheckpoints() => ReferenceEquals(_segment.Accepted, _segment.Dense) ? [] : OnnxWriter.ToBytes(_segment.Accepted);
}
