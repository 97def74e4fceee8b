namespace Distributed.Sweeps;

/// <summary>Parameters that act together with another alone.</summary>
public static class ParameterNeeds
{
    /// <summary>What a parameter needs beside it, as "precision=int8", where a candidate lacks it: then the parameter says nothing. Null where it has all it needs.</summary>
    public static string? Lacking(string name, Candidate candidate) => name switch
    {
        ParameterNames.Calibration or ParameterNames.WeightBits or ParameterNames.QuantizationAware when !PrecisionForecast.IsInt8(candidate) => "precision=int8",
        ParameterNames.SparsityRatio when candidate.Choice(ParameterNames.Sparsity) != "unstructured" => "sparsity=unstructured",
        ParameterNames.Temperature or ParameterNames.Teacher when candidate.Number(ParameterNames.Distillation) is not > 0 => "distillation above 0",
        _ => null,
    };
}
