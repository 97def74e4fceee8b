using Distributed.Compression.Graph;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Trial 0: trains the dense model (or trains an imported one on), judges and measures it, and learns what predicts the others' cost.</summary>
internal sealed class BaselineTrial
{
    private readonly TrialWorkshop _workshop;
    private readonly TrialAssignment _assignment;
    private readonly ITrialContext _context;
    private readonly AttemptFiles _files;
    private readonly TrialData _data;
    private readonly TrialCheckpoint? _saved;
    private readonly Network _network;
    private ImportedAccuracy? _imported;
    private int _steps;
    private bool _stillFalling;

    public BaselineTrial(TrialWorkshop workshop, TrialAssignment assignment, ITrialContext context)
    {
        (_workshop, _assignment, _context) = (workshop, assignment, context);
        using var span = context.Begin("load");
        _files = new(workshop.Store, assignment, context);
        _data = workshop.Data(assignment.Spec, context);
        _saved = _files.Resume();
        _network = _saved is null ? workshop.Source(assignment.Spec, _data, context) : TrialWorkshop.Parse(_saved.Network);
    }

    /// <returns>How it ended, or null when it was drained.</returns>
    public TrialOutcome? Run()
    {
        if (_saved is not null) _imported = _saved.Imported;
        else if (_assignment.Spec.Model.Onnx is not null) _imported = JudgeImported(_network);
        return Train(_network, _saved?.Trainer) is { } trained ? Finish(trained) : null;
    }

    private ImportedAccuracy JudgeImported(Network network)
    {
        _context.Report(new() { Phase = TrialPhase.Evaluating });
        using var span = _context.Begin("evaluate");
        using var net = new TorchNetwork(network, _data.Device);
        return new(
            Evaluation.Accuracy(net, _data.Splits.Validation, _data.Normalization).Top1,
            Evaluation.Accuracy(net, _data.Splits.Test, _data.Normalization).Top1);
    }

    private Network? Train(Network network, byte[]? state)
    {
        var training = _assignment.Spec.Baseline;
        using var net = new TorchNetwork(network, _data.Device);
        int stepsPerEpoch = Trainer.StepsIn(_data.Splits.Train, training);
        _steps = (int)Math.Round(training.Epochs * stepsPerEpoch);
        using var trainer = new Trainer(net, _data.Splits.Train, _data.Normalization, training, _steps, _assignment.Spec.Seed, "trial/0/training");
        if (state is not null)
        {
            using var stream = new MemoryStream(state);
            trainer.Load(stream);
        }

        byte[] start = OnnxWriter.ToBytes(network);
        var run = new TrainingRun(_context, _workshop.Time)
        {
            Phase = TrialPhase.Training,
            Epochs = training.Epochs,
            SaveCheckpoint = () => Save(start, trainer),
        };
        if (!run.ToEnd(trainer)) return null;
        _stillFalling = StillFalling.Judge(trainer.Losses);
        return net.ToNetwork();
    }

    private void Save(byte[] network, Trainer trainer)
    {
        using var state = new MemoryStream();
        trainer.Save(state);
        double epochs = trainer.StepsDone / (double)trainer.StepsPerEpoch;
        _files.SaveCheckpoint(trainer.StepsDone, epochs, new(0, 0, [], _imported, network, state.ToArray()));
    }

    private TrialOutcome.Prepared Finish(Network network)
    {
        NotFiniteException.ThrowIfAny(network, _steps);
        var model = TrialModel.Of(network);
        var judged = Judge.Of(model, _data, _context);
        var latency = _workshop.MeasureDense(model.File, _assignment.Spec.Latency, _context);
        var profile = _workshop.Profile(network, model.File, _assignment.Spec, _data, latency.MedianMs, _context);
        return new(judged.ToMeasurement(model, latency), profile, _files.Publish(model.File, null, Lineage.Of(_assignment, _data, _steps)), _imported, _stillFalling);
    }
}
