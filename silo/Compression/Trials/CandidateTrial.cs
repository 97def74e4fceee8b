using Distributed.Compression.Graph;
using Distributed.Compression.Importance;
using Distributed.Compression.Pruning;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Prunes the dense model to a candidate's widths in one or more segments, recovers in each, judges and measures the result.</summary>
internal sealed class CandidateTrial
{
    private readonly TrialWorkshop _workshop;
    private readonly TrialAssignment _assignment;
    private readonly ITrialContext _context;
    private readonly TrialData _data;
    private readonly TrialRecipe _recipe;
    private readonly TrialGrouping _grouping;
    private readonly AttemptFiles _files;
    private readonly TrialCheckpoint? _saved;
    private readonly Network _dense;
    private int _stepsBefore;
    private IReadOnlyList<IReadOnlyList<int>> _kept;

    public CandidateTrial(TrialWorkshop workshop, TrialAssignment assignment, ITrialContext context)
    {
        var profile = assignment.Profile ?? throw new ArgumentException("A candidate's assignment has no profile.", nameof(assignment));
        var candidate = assignment.Candidate ?? throw new ArgumentException("The assignment has no candidate.", nameof(assignment));
        (_workshop, _assignment, _context) = (workshop, assignment, context);
        using var span = context.Begin("load");
        _data = workshop.Data(assignment.Spec, context);
        _recipe = TrialRecipe.Of(assignment.Spec, candidate);
        _grouping = new(profile, candidate);
        _files = new(workshop.Store, assignment, context);
        _dense = workshop.Network(assignment.Dense!.Model);
        _saved = _files.Resume();
        _kept = _grouping.AllUnits;
    }

    /// <returns>How it ended, or null when it was drained.</returns>
    public TrialOutcome? Run()
    {
        var (dense, saved) = (_dense, _saved);
        if (saved is not null) (_stepsBefore, _kept) = (saved.StepsBefore, saved.Kept);
        var segment = Begin(saved?.Segment ?? 0, dense, saved is null ? Start(dense) : saved.Accepted.Length > 0 ? TrialWorkshop.Parse(saved.Accepted) : dense);
        while (true)
        {
            var start = saved is null ? Prepare(segment) : TrialWorkshop.Parse(saved.Network);
            segment = segment with { Kept = _kept };
            var recovery = new SegmentRecovery(_workshop, _files, segment, _stepsBefore);
            if (recovery.Run(start, saved?.Trainer) is not { } recovered) return recovery.Stopped;
            _stepsBefore = recovery.StepsAfter;
            if (segment.IsLast) return Finish(recovered, segment);
            (segment, saved) = (Begin(segment.Index + 1, dense, recovered), null);
        }
    }

    /// <summary>The dense network; without branches, its BatchNormalization statistics are those of what is left, by which channels are then judged.</summary>
    private Network Start(Network dense)
    {
        if (_grouping.LeftOut.Count == 0) return dense;
        using var span = _context.Begin("leave out");
        using var net = new TorchNetwork(_grouping.Start(dense), _data.Device);
        BatchNormalizationRecalibration.Run(net, _data.Splits.Train, _data.Normalization, _assignment.Spec.Seed, Invariant($"trial/{_assignment.Trial}/left-out"));
        return net.ToNetwork();
    }

    private Segment Begin(int index, Network dense, Network accepted) => new()
    {
        Index = index,
        Recipe = _recipe,
        Data = _data,
        Dense = dense,
        Accepted = accepted,
        Families = _grouping,
        Kept = _kept,
        Assignment = _assignment,
        Context = _context,
    };

    private Network Prepare(Segment segment)
    {
        _context.Report(new() { Phase = TrialPhase.Pruning });
        using var span = _context.Begin("prune");
        var slicing = Slice(segment);
        var sliced = slicing is null ? segment.Accepted : Slicer.Apply(slicing.Before, slicing.Grouping, slicing.Plan);
        return TrialStages.All.Aggregate(sliced, (network, stage) => stage.Prepare(network, segment with { Slicing = slicing }));
    }

    /// <summary>How the accepted network comes to the widths of the segment, the least important units first; null where it has them.</summary>
    private Slicing? Slice(Segment segment)
    {
        var network = segment.Accepted;
        int[] widths = _recipe.WidthsAfter(_grouping.Dense, _grouping.Final, segment.Index);
        if (widths.SequenceEqual(_kept.Select(units => units.Count))) return null;
        var grouping = segment.Grouping;
        var criterion = Criteria.Named(_recipe.Pruning.Criterion);
        var evidence = Evidence.Of(network, grouping, [criterion], _data, segment.Seed, segment.Purpose("importance"));
        var plan = PlanBuilder.Build(grouping, Criteria.Score(criterion, grouping, evidence), widths);
        _kept = [.. _kept.Zip(plan.Families, (units, cut) => (IReadOnlyList<int>)[.. cut.Kept.Select(unit => units[unit])])];
        return new(network, grouping, plan);
    }

    private TrialOutcome.Completed Finish(Network network, Segment last)
    {
        NotFiniteException.ThrowIfAny(network, _stepsBefore);
        var model = TrialStages.All.Aggregate(TrialModel.Of(network), (finished, stage) => stage.Finish(finished, last));
        var judged = Judge.Of(model, _data, _context);
        byte[] reference = _files.Read(_assignment.Dense!.Model);
        var latency = _workshop.Measure(model.File, reference, _assignment.Spec.Latency, _context);
        double? overFloat32 = model.Float32 is { } float32 ? _workshop.Measure(model.File, float32, _assignment.Spec.Latency, _context).Ratio : null;
        var thinned = SparsityPlan.Of(_recipe.Sparsity, model.Network);
        var plan = PlanFile.Of(_recipe.Pruning, _grouping.Families, _kept) with { LeftOut = _grouping.LeftOut is { Count: > 0 } leftOut ? leftOut : null, Sparsity = thinned, Quantization = model.Quantization };
        var lineage = Lineage.Of(_assignment, _data, _stepsBefore) with { Plan = SweepJson.Hash(plan) };
        var measured = judged.ToMeasurement(model, latency) with { Sparsity = thinned?.Report, OverFloat32 = overFloat32 };
        return new TrialOutcome.Completed(measured, _files.Publish(model.File, plan, lineage), _recipe.Recovery.Training.Epochs);
    }
}
