namespace Distributed.Compression.Training;

/// <summary>Does something to the weights after each update: puts masked ones back to zero, for instance.</summary>
internal interface IAfterStep
{
    /// <summary>Changes a network's parameters in place. No gradient is recorded here.</summary>
    void Apply(TorchNetwork net);
}
