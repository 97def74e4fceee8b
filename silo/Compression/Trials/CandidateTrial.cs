using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Importance;
using Distributed.Compression.Pruning;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Prunes the dense model to a candidate's widths in one or more steps, recovers after each, judges and measures the result.</summary>
internal sealed class CandidateTrial
{
    private readonly TrialWorkshop _workshop;
    private readonly TrialAssignment _assignment;
    private readonly ITrialContext _context;
    private readonly TrialData _data;
    private readonly TrialRecipe _recipe;
    private readonly int[] _dense;
    private readonly int[] _final;
    private readonly AttemptFiles _files;
    private int _segment;
    private int _stepsBefore;
    private IReadOnlyList<IReadOnlyList<int>> _kept;
    private TrialOutcome.Stopped? _stopped;

    public CandidateTrial(TrialWorkshop workshop, TrialAssignment assignment, ITrialContext context)
    {
        var profile = assignment.Profile ?? throw new ArgumentException("A candidate's assignment has no profile.", nameof(assignment));
        var candidate = assignment.Candidate ?? throw new ArgumentException("The assignment has no candidate.", nameof(assignment));
        (_workshop, _assignment, _context) = (workshop, assignment, context);
        _data = workshop.Data(assignment.Spec, context);
        _recipe = TrialRecipe.Of(assignment.Spec, candidate);
        _dense = [.. profile.Families.Select(family => family.Width)];
        _final = WidthAllocation.For(profile, candidate);
        _files = new(workshop.Store, assignment, context);
        _kept = [.. _dense.Select(width => (IReadOnlyList<int>)[.. Enumerable.Range(0, width)])];
    }

    /// <returns>How it ended, or null when it was drained.</returns>
    public TrialOutcome? Run()
    {
        var dense = _workshop.Network(_assignment.Dense!.Model);
        var network = dense;
        byte[]? trainer = null;
        if (_assignment.Checkpoint is { } checkpoint)
        {
            var saved = TrialCheckpoint.FromBytes(_files.Read(checkpoint.Artifact));
            (_segment, _stepsBefore, _kept, trainer) = (saved.Segment, saved.StepsBefore, saved.Kept, saved.Trainer);
            network = TrialWorkshop.Parse(saved.Network);
        }

        for (; _segment < _recipe.Steps; _segment++)
        {
            if (trainer is null) network = Prune(network);
            var recovered = Recover(network, trainer);
            if (recovered is null) return _stopped;
            (network, trainer) = (recovered, null);
        }

        return Finish(network);
    }

    /// <summary>Takes the network to the widths of the present step, the least important units first.</summary>
    private Network Prune(Network network)
    {
        _context.Report(new() { Phase = TrialPhase.Pruning });
        int[] widths = _recipe.WidthsAfter(_dense, _final, _segment);
        if (widths.SequenceEqual(_kept.Select(units => units.Count))) return network;
        var grouping = ChannelGroups.Of(network);
        var criterion = Criteria.Named(_recipe.Criterion);
        var evidence = Evidence.Of(network, [criterion], _data, _assignment.Spec.Seed, Purpose("importance"));
        var plan = PlanBuilder.Build(grouping, Criteria.Score(criterion, grouping, evidence), widths);
        _kept = [.. _kept.Zip(plan.Families, (units, cut) => (IReadOnlyList<int>)[.. cut.Kept.Select(unit => units[unit])])];
        return Slicer.Apply(network, grouping, plan);
    }

    /// <returns>The recovered network, or null when the trial was given up or drained.</returns>
    private Network? Recover(Network network, byte[]? trainerState)
    {
        using var net = new TorchNetwork(network);
        var training = _recipe.Training;
        int stepsPerEpoch = Trainer.StepsIn(_data.Splits.Train, training);
        int total = (int)Math.Round(training.Epochs * stepsPerEpoch);
        int steps = (total * (_segment + 1) / _recipe.Steps) - (total * _segment / _recipe.Steps);
        using var trainer = new Trainer(net, _data.Splits.Train, _data.Normalization, training, steps, _assignment.Spec.Seed, Purpose("training"));
        if (trainerState is not null)
        {
            using var stream = new MemoryStream(trainerState);
            trainer.Load(stream);
        }
        else if (!Recalibrate(net))
        {
            return null;
        }

        byte[] start = OnnxWriter.ToBytes(network);
        var rungs = LastSegment ? RungSchedule.Steps(_assignment.Spec.EarlyStopping, stepsPerEpoch, total) : [];
        var run = new TrainingRun(_context, _workshop.Time)
        {
            Phase = TrialPhase.FineTuning,
            Epochs = training.Epochs,
            StepsBefore = _stepsBefore,
            SaveCheckpoint = () => Save(start, trainer, stepsPerEpoch),
            GivenUp = step => rungs.IndexOf(step) is var rung and >= 0 && Ask(net, rung + 1, step / (double)stepsPerEpoch),
        };
        if (!run.ToEnd(trainer)) return null;
        _stepsBefore += steps;
        return net.ToNetwork();
    }

    private bool LastSegment => _segment == _recipe.Steps - 1;

    /// <summary>BatchNormalization statistics of the sliced network; after the last slicing this is rung 0.</summary>
    /// <returns>Whether to go on.</returns>
    private bool Recalibrate(TorchNetwork net)
    {
        _context.Report(new() { Phase = TrialPhase.Recalibrating });
        BatchNormalizationRecalibration.Run(net, _data.Splits.Train, _data.Normalization, _assignment.Spec.Seed, Purpose("recalibration"));
        return !LastSegment || !_assignment.Spec.EarlyStopping.Enabled || !Ask(net, 0, 0);
    }

    /// <returns>Whether the sweep gives the trial up.</returns>
    private bool Ask(TorchNetwork net, int rung, double epochs)
    {
        double accuracy = Evaluation.Accuracy(net, _data.Splits.Validation, _data.Normalization).Top1;
        var report = new RungReport(rung, epochs, accuracy);
        if (_context.AtRung(report) is not { } reason) return false;
        _stopped = new(report, reason);
        return true;
    }

    private void Save(byte[] network, Trainer trainer, int stepsPerEpoch)
    {
        using var state = new MemoryStream();
        trainer.Save(state);
        int step = _stepsBefore + trainer.StepsDone;
        _files.SaveCheckpoint(step, step / (double)stepsPerEpoch, new(_segment, _stepsBefore, _kept, null, network, state.ToArray()));
    }

    private TrialOutcome.Completed Finish(Network network)
    {
        NotFiniteException.ThrowIfAny(network, _stepsBefore);
        byte[] model = OnnxWriter.ToBytes(network);
        var judged = Judge.Of(network, _data, _context);
        byte[] reference = _files.Read(_assignment.Dense!.Model);
        var latency = _workshop.Measure(model, reference, _assignment.Spec.Latency, _context);
        var plan = PlanFile.Of(_recipe, _assignment.Profile!.Families, _kept);
        var lineage = Lineage.Of(_assignment, _data, _stepsBefore) with { Plan = SweepJson.Hash(plan) };
        return new TrialOutcome.Completed(judged.ToMeasurement(network, model, latency), _files.Publish(model, plan, lineage), _recipe.Training.Epochs);
    }

    /// <summary>Names a random stream: the same in every attempt, so that a trial gives the same bits wherever it runs.</summary>
    private string Purpose(string use) => Invariant($"trial/{_assignment.Trial}/{_segment}/{use}");
}
