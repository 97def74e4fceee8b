using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Distributed.Compression.Data;
using Distributed.Compression.Training;

namespace Distributed.Compression.Trials;

/// <summary>The images of a sweep and how they become inputs; loaded once for each executor.</summary>
/// <param name="Splits">The images.</param>
/// <param name="Normalization">How they become inputs.</param>
/// <param name="Fingerprint">SHA-256 over pixels and labels of train, validation, corrupted and test.</param>
/// <param name="Device">Where they are learnt from and judged on.</param>
internal sealed record TrialData(DatasetSplits Splits, Normalization Normalization, string Fingerprint, TrainingDevice Device)
{
    public static TrialData Of(DatasetSplits splits, Normalization normalization, TrainingDevice device)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var images in (ImageSet[])[splits.Train, splits.Validation, splits.Corrupted, splits.Test])
        {
            hash.AppendData(images.Pixels);
            hash.AppendData(MemoryMarshal.AsBytes<int>(images.Labels));
        }

        return new(splits, normalization, Convert.ToHexStringLower(hash.GetHashAndReset()), device);
    }
}
