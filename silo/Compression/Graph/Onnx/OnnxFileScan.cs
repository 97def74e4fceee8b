using Distributed.Sweeps;
using Google.Protobuf;

namespace Distributed.Compression.Graph;

/// <summary>Counts a file's parts before anything is made of them: an empty node takes two bytes in a file and hundreds in memory.</summary>
internal static class OnnxFileScan
{
    /// <summary>Parts (nodes, names, tensors, attributes) that a model may have; BERT-large has some ten thousand.</summary>
    public const int LargestParts = 2_000_000;

    /// <summary>The parser refuses deeper messages.</summary>
    private const int DeepestNesting = 100;

    /// <summary>Messages inside of messages, by the fields that hold them: model, graph, node, attribute, tensor, sparse tensor.</summary>
    private static readonly Dictionary<(Part, int), Part> Nested = new()
    {
        [(Part.Model, 7)] = Part.Graph,
        [(Part.Model, 25)] = Part.Graph,
        [(Part.Graph, 1)] = Part.Node,
        [(Part.Graph, 5)] = Part.Tensor,
        [(Part.Graph, 11)] = Part.Value,
        [(Part.Graph, 12)] = Part.Value,
        [(Part.Graph, 13)] = Part.Value,
        [(Part.Node, 5)] = Part.Attribute,
        [(Part.Attribute, 5)] = Part.Tensor,
        [(Part.Attribute, 6)] = Part.Graph,
        [(Part.Attribute, 10)] = Part.Tensor,
        [(Part.Attribute, 11)] = Part.Graph,
        [(Part.Value, 2)] = Part.Value,
        [(Part.Value, 1)] = Part.Value,
    };

    private enum Part
    {
        Model,
        Graph,
        Node,
        Attribute,
        Tensor,
        Value,
    }

    /// <summary>Reads through a model, skipping its data, and back to where the stream stood.</summary>
    /// <param name="stream">Can seek.</param>
    /// <param name="place">The model's name, for errors.</param>
    /// <exception cref="InvalidInputException">It has too many parts.</exception>
    public static void Check(Stream stream, string place)
    {
        long start = stream.Position;
        int left = LargestParts;
        if (!TryCount(stream, stream.Length, Part.Model, 0, ref left) && left < 0)
        {
            throw new InvalidInputException(
                place, Invariant($"the model has more than {LargestParts} parts (nodes, names, tensors, attributes)"), "Export it again; no classifier is that large.");
        }

        stream.Position = start;
    }

    /// <summary>False where there are too many parts, or where the file is no well-formed message: the parser then says so.</summary>
    private static bool TryCount(Stream stream, long end, Part part, int depth, ref int left)
    {
        while (stream.Position < end)
        {
            if (--left < 0 || !TryNumber(stream, out ulong tag)) return false;
            ulong size = 0;
            bool known = (WireFormat.WireType)(tag & 7) switch
            {
                WireFormat.WireType.Varint => TryNumber(stream, out _),
                WireFormat.WireType.Fixed64 => (size = 8) > 0,
                WireFormat.WireType.Fixed32 => (size = 4) > 0,
                WireFormat.WireType.LengthDelimited => TryNumber(stream, out size),
                _ => false,
            };
            if (!known || size > (ulong)Math.Max(0, end - stream.Position)) return false;
            long next = stream.Position + (long)size;
            bool nested = (tag & 7) == (ulong)WireFormat.WireType.LengthDelimited && depth < DeepestNesting;
            if (nested && Nested.TryGetValue((part, (int)Math.Min(tag >> 3, int.MaxValue)), out var inner) && !TryCount(stream, next, inner, depth + 1, ref left)) return false;
            stream.Position = next;
        }

        return true;
    }

    private static bool TryNumber(Stream stream, out ulong number)
    {
        number = 0;
        for (int i = 0; i < 10; i++)
        {
            int next = stream.ReadByte();
            if (next < 0) return false;
            number |= (ulong)(next & 0x7f) << (7 * i);
            if (next < 0x80) return true;
        }

        return false;
    }
}
