namespace Distributed.Search;

/// <summary>How fast the correlation of two points falls with their distance.</summary>
internal enum KernelKind
{
    /// <summary>Twice differentiable.</summary>
    Matern52,

    /// <summary>Infinitely differentiable; also called RBF.</summary>
    SquaredExponential,
}
