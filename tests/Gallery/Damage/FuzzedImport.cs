using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Sweeps;

namespace Distributed.Gallery;

/// <summary>The whole import of a damaged file: read, normalise, infer shapes, count costs, group. It must end in a model or in an <see cref="InvalidInputException"/>.</summary>
internal sealed class FuzzedImport
{
    /// <summary>What one import may allocate in all, which is more than it ever holds at once.</summary>
    public const long LargestBytes = 2L << 30;

    private static readonly int[] OperatorSets = [7, 11, 17, 21];

    private readonly byte[][] _bases =
        [.. GalleryNetworks.Names.SelectMany((name, i) => OperatorSets.Where((_, at) => (at + i) % 2 == 0).Select(opset => OnnxWriter.ToBytes(GalleryNetworks.Build(name, opset))))];

    /// <summary>The damaged file of a number; the same seed and number give the same file.</summary>
    public byte[] File(ulong seed, int number)
    {
        var random = new SeededRandom(seed, Invariant($"fuzz/{number}"));
        return Mutation.Of(_bases[random.Next(_bases.Length)], random);
    }

    /// <summary>Imports a file. Whatever else than a model or the one error comes out is thrown.</summary>
    public static FuzzedOutcome Import(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        string? refusal = null;
        try
        {
            var network = Normalizer.Normalize(OnnxReader.Read(new MemoryStream(file), "fuzzed.onnx"));
            OperatorCosts.Of(network, ShapeInference.Infer(network, 1));
            ChannelGroups.Of(network);
        }
        catch (InvalidInputException error)
        {
            refusal = error.Message;
        }

        return new(refusal, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}

/// <summary>How an import ended.</summary>
/// <param name="Refusal">The error's message; null where a model came out.</param>
/// <param name="Bytes">Allocated on the way.</param>
internal sealed record FuzzedOutcome(string? Refusal, long Bytes);
