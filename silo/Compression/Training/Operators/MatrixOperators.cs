using static TorchSharp.torch;

namespace Distributed.Compression.Training;

/// <summary>Matrix products. Shapes were inferred before: a wrong one would end the process inside libtorch.</summary>
internal static class MatrixOperators
{
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["Gemm"] = Gemm,
        ["MatMul"] = _ => (inputs, _) => [inputs[0]!.matmul(inputs[1]!)],
    };

    private static TorchOperator Gemm(TorchNode node)
    {
        (double alpha, double beta) = (node.Attributes.Real("alpha", 1), node.Attributes.Real("beta", 1));
        bool transposeA = node.Attributes.Integer("transA", 0) != 0;
        bool transposeB = node.Attributes.Integer("transB", 0) != 0;
        return (inputs, _) =>
        {
            var a = transposeA ? inputs[0]!.t() : inputs[0]!;
            var b = transposeB ? inputs[1]!.t() : inputs[1]!;
            var c = inputs.Length > 2 ? inputs[2] : null;
            if (c is not null) return [addmm(c, a, b, (float)beta, (float)alpha)];
            var product = mm(a, b);
            return [alpha == 1 ? product : product.Times(alpha)];
        };
    }
}
