namespace Distributed.Sweeps;

/// <summary>What int8 changes in a candidate's known costs: the file's size is another one, and its latency.</summary>
/// <remarks>
/// The file of int8 holds a byte for each weight; for each output channel of a layer a scale, a bias and the bias's scale (12 bytes; 4 where
/// there is no bias); zeros once for each width; all else as floats. BatchNormalization is gone: it is folded into the layer before it.
/// </remarks>
internal static class PrecisionForecast
{
    private const int BytesOfFloat = 4;
    private const int BytesOfChannel = 12;
    private const int BytesOfZeros = 5;

    /// <summary>Whether a candidate's file computes in 8 bits.</summary>
    public static bool IsInt8(Candidate candidate) => candidate.Choice(ParameterNames.Precision) == Precisions.Int8;

    /// <summary>The costs of a candidate whose float32 costs, and the latency ratio of its int8 file, are given; null is unknown.</summary>
    public static KnownCosts Of(ModelProfile profile, IEnumerable<OperatorProfile> operators, Candidate candidate, ReadOnlySpan<int> widths, KnownCosts floats, double? int8Ratio) => !IsInt8(candidate) ? floats : floats with
    {
        LatencyRatio = int8Ratio ?? double.NaN,
        LatencyMs = int8Ratio * profile.DenseMs ?? double.NaN,
        Bytes = profile.Int8FixedBytes is { } rest ? rest + VariableBytes(operators, widths) : KnownCosts.UnknownBytes,
    };

    /// <summary>The bytes of an int8 file that follow the widths.</summary>
    public static long VariableBytes(IEnumerable<OperatorProfile> operators, ReadOnlySpan<int> widths)
    {
        double bytes = 0;
        var zeros = new HashSet<int>();
        foreach (var op in operators)
        {
            int output = op.Output.At(widths);
            double perPair = op.ParametersPerPair * output * op.Input.At(widths), perOutput = op.ParametersPerOutput * output;
            switch (op.Operator)
            {
                case "Conv" or "Gemm" or "MatMul" when op.ParametersPerPair + op.ParametersPerOutput > 0:
                    bytes += (perPair > 0 ? perPair : perOutput) + ((op.Operator == "MatMul" ? BytesOfFloat : BytesOfChannel) * output);
                    if (zeros.Add(output)) bytes += BytesOfZeros * output;
                    break;
                case "BatchNormalization":
                    break;
                default:
                    bytes += BytesOfFloat * (perPair + perOutput);
                    break;
            }
        }

        return (long)Math.Round(bytes);
    }
}
