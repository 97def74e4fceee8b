using Distributed.Sweeps;

namespace Distributed.Compression.Training;

/// <summary>Changes a batch before the step learns from it.</summary>
internal interface IBatchTransform
{
    /// <summary>The changed batch, in the caller's dispose scope.</summary>
    /// <param name="batch">As it was fed.</param>
    /// <param name="random">This step's own stream: the same in every attempt.</param>
    Batch Apply(Batch batch, SeededRandom random);
}
