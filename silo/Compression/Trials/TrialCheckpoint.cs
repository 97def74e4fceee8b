using System.Buffers.Binary;
using System.Text.Json;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Where a trial stands, enough to go on in another process to the same bits.</summary>
/// <param name="Segment">The pruning step that is being recovered from: 0, 1, …; 0 for the dense baseline.</param>
/// <param name="StepsBefore">Optimizer steps of the segments before.</param>
/// <param name="Kept">For each family of the dense model the units kept so far; empty for the dense baseline.</param>
/// <param name="Imported">Accuracies of an imported model before any training; null otherwise.</param>
/// <param name="Network">The network as an ONNX file: its shape, and the weights that the segment began with.</param>
/// <param name="Trainer">The trainer's own checkpoint: weights, momentum, random states, cursor.</param>
internal sealed record TrialCheckpoint(
    int Segment, int StepsBefore, IReadOnlyList<IReadOnlyList<int>> Kept, ImportedAccuracy? Imported, byte[] Network, byte[] Trainer)
{
    /// <summary>The network at the end of the segment before, as an ONNX file; empty where that is the dense one, whole.</summary>
    public byte[] Accepted { get; init; } = [];

    /// <summary>A header as JSON, then the three files, each behind its length. The store proves that the whole is intact.</summary>
    public byte[] ToBytes()
    {
        byte[] header = JsonSerializer.SerializeToUtf8Bytes(new Header(Segment, StepsBefore, Kept, Imported), SweepJson.Options);
        byte[] file = new byte[16 + header.Length + Network.Length + Trainer.Length + Accepted.Length];
        int end = 0;
        foreach (byte[] part in (byte[][])[header, Network, Trainer, Accepted])
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(end), part.Length);
            part.CopyTo(file, end + 4);
            end += 4 + part.Length;
        }

        return file;
    }

    /// <summary>What <see cref="ToBytes"/> wrote, also before there was a third file.</summary>
    /// <exception cref="InvalidDataException">It is cut or damaged.</exception>
    public static TrialCheckpoint FromBytes(ReadOnlySpan<byte> file)
    {
        try
        {
            var header = JsonSerializer.Deserialize<Header>(Part(ref file), SweepJson.Options)
                ?? throw new InvalidDataException("The checkpoint's header is null.");
            byte[] network = Part(ref file).ToArray(), trainer = Part(ref file).ToArray();
            return new(header.Segment, header.StepsBefore, header.Kept, header.Imported, network, trainer)
            {
                Accepted = file.IsEmpty ? [] : Part(ref file).ToArray(),
            };
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The checkpoint's header is damaged: {error.Message}", error);
        }
    }

    private static ReadOnlySpan<byte> Part(ref ReadOnlySpan<byte> file)
    {
        if (file.Length < 4 || BinaryPrimitives.ReadInt32LittleEndian(file) is var length && (length < 0 || length > file.Length - 4))
            throw new InvalidDataException("The checkpoint is cut.");
        var part = file.Slice(4, length);
        file = file[(4 + length)..];
        return part;
    }

    private sealed record Header(int Segment, int StepsBefore, IReadOnlyList<IReadOnlyList<int>> Kept, ImportedAccuracy? Imported);
}
