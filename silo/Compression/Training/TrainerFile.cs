using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>
/// A trainer's checkpoint: "TRN2", step, number of losses, losses, then each tensor's name, element count and floats (little endian), then
/// SHA-256 of it all. "TRN1" had no losses.
/// </summary>
internal static class TrainerFile
{
    private const uint First = 0x314e5254;
    private const uint Magic = 0x324e5254;

    public static void Write(Stream stream, int step, IReadOnlyList<float> losses, IEnumerable<(string Name, Tensor Value)> tensors)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(step);
            writer.Write(losses.Count);
            writer.Write(MemoryMarshal.AsBytes<float>(losses.ToArray()));
            foreach (var (name, value) in tensors)
            {
                float[] floats = TrainingDevice.Floats(value);
                writer.Write(name);
                writer.Write(floats.Length);
                writer.Write(MemoryMarshal.AsBytes(floats.AsSpan()));
            }
        }

        var content = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        stream.Write(content);
        stream.Write(SHA256.HashData(content));
    }

    /// <summary>Whether a file is whole: its SHA-256 matches.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> file) => file.Length >= 40 && SHA256.HashData(file[..^32]).AsSpan().SequenceEqual(file[^32..]);

    /// <returns>The step and the losses up to it; none in a file of format 1.</returns>
    public static (int Step, float[] Losses) Read(Stream stream, IEnumerable<(string Name, Tensor Value)> tensors)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        if (!IsIntact(memory.GetBuffer().AsSpan(0, (int)memory.Length)))
            throw new InvalidDataException("The trainer's checkpoint is cut or damaged: its SHA-256 does not match. Go on from an older one.");
        memory.Position = 0;
        using var reader = new BinaryReader(memory, Encoding.UTF8, leaveOpen: true);
        uint magic = reader.ReadUInt32();
        if (magic is not (First or Magic)) throw new InvalidDataException("This is no trainer's checkpoint of format 1 or 2.");
        int step = reader.ReadInt32();
        float[] losses = new float[magic == Magic ? reader.ReadInt32() : 0];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(losses.AsSpan()));
        using var frozen = no_grad();
        foreach (var (name, value) in tensors) Restore(reader, name, value);
        return (step, losses);
    }

    private static void Restore(BinaryReader reader, string name, Tensor target)
    {
        string found = reader.ReadString();
        int count = reader.ReadInt32();
        if (found != name || count != target.numel())
            throw new InvalidDataException($"The checkpoint holds '{found}' with {count} elements where '{name}' with {target.numel()} is needed: it belongs to another network.");
        float[] floats = new float[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(floats.AsSpan()));
        using var loaded = TrainingDevice.Cpu.Of(floats, target.shape);
        target.copy_(loaded);
    }
}
