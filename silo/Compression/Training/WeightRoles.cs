using Distributed.Compression.Graph;

namespace Distributed.Compression.Training;

/// <summary>What an initializer is to training.</summary>
internal enum WeightRole
{
    /// <summary>A constant of the graph.</summary>
    Constant,

    /// <summary>A kernel or matrix: trained, decays.</summary>
    Weight,

    /// <summary>A bias, scale, shift or embedding: trained, does not decay.</summary>
    Offset,

    /// <summary>A running mean or variance: followed, not trained.</summary>
    Statistic,
}

/// <summary>Tells weights from constants by the nodes that read them.</summary>
internal static class WeightRoles
{
    /// <summary>Roles by initializer; those not named are constants. Single floats in arithmetic are settings (√2 in a GELU), never trained.</summary>
    public static IReadOnlyDictionary<string, WeightRole> Of(Network network)
    {
        var roles = new Dictionary<string, WeightRole>(StringComparer.Ordinal);
        foreach (var node in network.Nodes)
        {
            for (int i = 0; i < node.Inputs.Length; i++)
            {
                if (network.Initializers.GetValueOrDefault(node.Inputs[i]) is FloatTensor floats && Of(node, i, floats.Length) is var role and not WeightRole.Constant)
                    roles[node.Inputs[i]] = role;
            }
        }

        return roles;
    }

    private static WeightRole Of(Node node, int input, int length) => (node.Operator, input) switch
    {
        ("Conv" or "ConvTranspose" or "Gemm", 1) or ("MatMul", _) => WeightRole.Weight,
        ("FakeQuantize", 0) => node.Attributes.Has("input_scale") ? WeightRole.Offset : WeightRole.Weight,
        ("BatchNormalization", 3 or 4) => WeightRole.Statistic,
        ("Conv" or "ConvTranspose" or "Gemm", 2) or ("PRelu" or "RMSNormalization", 1) => WeightRole.Offset,
        ("BatchNormalization" or "LayerNormalization" or "GroupNormalization" or "InstanceNormalization", 1 or 2) => WeightRole.Offset,
        ("Add" or "Mul", _) or ("Gather" or "Expand", 0) when length > 1 => WeightRole.Offset,
        _ => WeightRole.Constant,
    };
}
