using Distributed.Compression.Data;
using Distributed.Compression.Grouping;
using Distributed.Compression.Importance;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Whether a sweep's model and data can be used together. Trains nothing; decoded images stay in the cache for the trials.</summary>
public static class InputCheck
{
    /// <summary>Reads both, groups the model's channels and compiles it.</summary>
    /// <exception cref="InvalidInputException">They cannot be used; the message names file, node or key.</exception>
    public static CheckedInput Run(SweepSpec spec, string cache)
    {
        if (spec.Model.Zoo is null == spec.Model.Onnx is null)
            throw new InvalidInputException("model", "it names both or neither of a zoo model and an ONNX file", "Give exactly one of zoo and onnx.");
        foreach (string name in DenseProfile.Values(spec, ParameterNames.Criterion)) Criteria.Named(name);

        var splits = DatasetSplits.Load(spec.Dataset, spec.Seed, cache);
        var data = TrialData.Of(splits, Normalization.For(spec.Model, splits.Train), TrainingDevice.Cpu);
        var network = ModelSource.Load(spec, data);
        using var compiled = new TorchNetwork(network, TrainingDevice.Cpu);
        var union = GroupingUnion.Of(network);
        DenseProfile.Kept(union, spec.Model.Keep);
        DenseBranches.MayGo(network, spec);
        int families = ChannelGroups.Of(network).Families.Length;
        if (families == 0)
            throw new InvalidInputException("model", "none of its channels can be pruned", "Look at it with 'model inspect', which says why for every layer.");
        return new(splits.Train.Count, splits.Validation.Count, splits.Test.Count, splits.Train.Classes.Count, families);
    }
}

/// <summary>What was found.</summary>
/// <param name="Train">Training images.</param>
/// <param name="Validation">Validation images.</param>
/// <param name="Test">Test images.</param>
/// <param name="Classes">Classes.</param>
/// <param name="Families">Prunable families.</param>
public sealed record CheckedInput(int Train, int Validation, int Test, int Classes, int Families);
