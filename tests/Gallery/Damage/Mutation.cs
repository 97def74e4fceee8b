using Distributed.Sweeps;

namespace Distributed.Gallery;

/// <summary>Damages a file: bytes changed, cut off, moved; or one field of the model changed, which leaves the file well-formed.</summary>
internal static class Mutation
{
    /// <summary>A damaged copy; the same random numbers give the same damage.</summary>
    public static byte[] Of(byte[] file, SeededRandom random) => random.Next(10) switch
    {
        0 or 1 => Flipped(file, random),
        2 => file[..random.Next(file.Length)],
        3 => Moved(file, random),
        _ => FieldMutation.Of(file, random),
    };

    private static byte[] Flipped(byte[] file, SeededRandom random)
    {
        byte[] bytes = [.. file];
        // Names, sizes and settings stand at the beginning; what follows is mostly weights.
        int reach = random.Next(2) == 0 ? Math.Min(2048, bytes.Length) : bytes.Length;
        for (int flips = random.Next(1, 9); flips > 0; flips--) bytes[random.Next(reach)] = (byte)random.Next(256);
        return bytes;
    }

    /// <summary>A stretch copied over another place, or taken out.</summary>
    private static byte[] Moved(byte[] file, SeededRandom random)
    {
        int from = random.Next(file.Length);
        int length = random.Next(1, Math.Min(200, file.Length - from) + 1);
        if (random.Next(2) == 0) return [.. file[..from], .. file[(from + length)..]];
        int to = random.Next(file.Length - length + 1);
        byte[] bytes = [.. file];
        file.AsSpan(from, length).CopyTo(bytes.AsSpan(to));
        return bytes;
    }
}
