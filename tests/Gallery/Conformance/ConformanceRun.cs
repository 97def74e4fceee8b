using System.Collections.Immutable;
using Distributed.Compression.Graph;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Gallery;

/// <summary>Runs a case the way an import goes: read, normalise, then interpret; and export, then ONNX Runtime.</summary>
internal static class ConformanceRun
{
    /// <summary>The verdict over all data sets.</summary>
    public static ConformanceVerdict Of(ConformanceCase conformance) => Of(conformance, TrainingDevice.Cpu);

    /// <summary>The same, interpreted on a device.</summary>
    public static ConformanceVerdict Of(ConformanceCase conformance, TrainingDevice device)
    {
        try
        {
            var model = conformance.Read();
            (double interpreter, double exported) = (0, 0);
            foreach (string dataSet in conformance.DataSets)
            {
                var data = ConformanceCase.Load(model, dataSet);
                var network = Normalizer.Normalize(data.Network);
                interpreter = Math.Max(interpreter, Largest(data.Stated, Interpreter.Run(network, data.Fed, device)));
                exported = Math.Max(exported, Exported(data, network));
            }

            return new(conformance.Name, interpreter, exported);
        }
        catch (InvalidInputException error)
        {
            return new(conformance.Name, null, null, error.Message);
        }
    }

    /// <summary>ONNX Runtime does not give the stated result for every case; then the exported file must give what the imported one gives.</summary>
    private static double Exported(ConformanceData data, Network network)
    {
        var exported = Evaluate(network, data.Fed);
        double difference = Largest(data.Stated, exported);
        return difference <= 1 ? difference : Math.Min(difference, Largest(Evaluate(data.Network, data.Fed), exported));
    }

    private static ImmutableArray<Tensor> Evaluate(Network network, IReadOnlyDictionary<string, Tensor> fed)
    {
        using var evaluator = new OnnxEvaluator(OnnxWriter.ToBytes(network));
        return evaluator.Run(fed);
    }

    private static double Largest(ImmutableArray<Tensor> stated, ImmutableArray<Tensor> found) =>
        stated.Length == found.Length ? stated.Zip(found, Difference.InTolerances).DefaultIfEmpty(0).Max() : double.PositiveInfinity;
}
