namespace Distributed.Client.Reports;

/// <summary>A front as comma-separated values, with the names of the JSON.</summary>
internal static class FrontCsv
{
    /// <summary>A header and one line a model.</summary>
    public static IEnumerable<string> Lines(IEnumerable<FrontModel> models) => models
        .Select(model => Invariant(
            $"{model.Trial},{model.Accuracy},{model.TestAccuracy},{model.CorruptedAccuracy},{model.LatencyMs},{model.LatencyRatio},{model.Macs},{model.Parameters},{model.Bytes},{model.CompressedBytes}"))
        .Prepend("trial,accuracy,testAccuracy,corruptedAccuracy,latencyMs,latencyRatio,macs,parameters,bytes,compressedBytes");
}
