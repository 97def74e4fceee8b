using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>A trainer's checkpoint: "TRN1", length, step, then each tensor's name, element count and floats (little endian), then SHA-256 of it all.</summary>
internal static class TrainerFile
{
    private const uint Magic = 0x314e5254;

    public static void Write(Stream stream, int step, IEnumerable<(string Name, Tensor Value)> tensors)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(step);
            foreach (var (name, value) in tensors)
            {
                float[] floats = Layout.RowMajor(value);
                writer.Write(name);
                writer.Write(floats.Length);
                writer.Write(MemoryMarshal.AsBytes(floats.AsSpan()));
            }
        }

        var content = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        stream.Write(content);
        stream.Write(SHA256.HashData(content));
    }

    /// <returns>The step.</returns>
    public static int Read(Stream stream, IEnumerable<(string Name, Tensor Value)> tensors)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var file = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        if (file.Length < 40 || !SHA256.HashData(file[..^32]).AsSpan().SequenceEqual(file[^32..]))
            throw new InvalidDataException("The trainer's checkpoint is cut or damaged: its SHA-256 does not match. Go on from an older one.");
        memory.Position = 0;
        using var reader = new BinaryReader(memory, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadUInt32() != Magic) throw new InvalidDataException("This is no trainer's checkpoint of format 1.");
        int step = reader.ReadInt32();
        using var frozen = no_grad();
        foreach (var (name, value) in tensors) Restore(reader, name, value);
        return step;
    }

    private static void Restore(BinaryReader reader, string name, Tensor target)
    {
        string found = reader.ReadString();
        int count = reader.ReadInt32();
        if (found != name || count != target.numel())
            throw new InvalidDataException($"The checkpoint holds '{found}' with {count} elements where '{name}' with {target.numel()} is needed: it belongs to another network.");
        float[] floats = new float[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(floats.AsSpan()));
        using var loaded = tensor(floats, target.shape);
        target.copy_(loaded);
    }
}
