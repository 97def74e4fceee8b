namespace Distributed.Compression.Importance;

/// <summary>What a criterion must be shown beside the weights. It is collected in one pass over a sample of images, and only what is asked for.</summary>
[Flags]
internal enum EvidenceKinds
{
    /// <summary>The weights are enough.</summary>
    None = 0,

    /// <summary>∂L/∂w, the mean over the images.</summary>
    Gradients = 1,

    /// <summary>(∂L/∂w)² of each image, the mean over the images: the diagonal of the empirical Fisher matrix.</summary>
    SquaredGradients = 2,

    /// <summary>What the units put out.</summary>
    Activations = 4,

    /// <summary>What the units put out, times the loss's slope there.</summary>
    ActivationGradients = 8,

    /// <summary>The size of the inputs that each weight multiplies.</summary>
    InputNorms = 16,
}
