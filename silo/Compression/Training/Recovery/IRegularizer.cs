namespace Distributed.Compression.Training;

/// <summary>Adds the gradient of a penalty on the weights, between the loss's gradient and the update.</summary>
internal interface IRegularizer
{
    /// <summary>Adds ∂penalty/∂w to the gradients of a network's parameters. No gradient is recorded here.</summary>
    void AddGradient(TorchNetwork net);
}
