using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Distributed.Sweeps;

/// <summary>A reproducible generator (xoshiro256**, Blackman and Vigna 2018) whose whole state can be saved, and which names its streams.</summary>
/// <remarks>Not thread safe. The stream depends on seed and purpose only, never on the platform or the run.</remarks>
public sealed class SeededRandom : Random
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <param name="seed">The sweep's seed.</param>
    /// <param name="purpose">What the stream is for, such as "trial/3/augmentation". Different purposes give independent streams.</param>
    public SeededRandom(ulong seed, string purpose)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(Invariant($"{seed}/{purpose}")), hash);
        Restore([
            BinaryPrimitives.ReadUInt64LittleEndian(hash),
            BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(hash[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(hash[24..])]);
    }

    /// <summary>The four words of state; give them to <see cref="Restore"/> to go on from here.</summary>
    public ulong[] Save() => [_a, _b, _c, _d];

    /// <summary>Goes on from a saved state.</summary>
    /// <exception cref="ArgumentException">Not four words, or all of them zero.</exception>
    public void Restore(ReadOnlySpan<ulong> state)
    {
        if (state.Length != 4 || (state[0] | state[1] | state[2] | state[3]) == 0)
            throw new ArgumentException("A state is four words, not all zero.", nameof(state));
        (_a, _b, _c, _d) = (state[0], state[1], state[2], state[3]);
    }

    /// <summary>The next 64 uniform bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        ulong shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A standard normal draw (Box and Muller 1958).</summary>
    public double NextNormal() =>
        Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <inheritdoc/>
    public override double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <inheritdoc/>
    public override float NextSingle() => (NextBits() >> 40) * (1.0f / (1U << 24));

    /// <inheritdoc/>
    public override int Next() => Next(int.MaxValue);

    /// <inheritdoc/>
    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)Below((ulong)maxValue);
    }

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (int)(minValue + (long)Below((ulong)((long)maxValue - minValue)));
    }

    /// <inheritdoc/>
    public override long NextInt64() => (long)Below(long.MaxValue);

    /// <inheritdoc/>
    public override long NextInt64(long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (long)Below((ulong)maxValue);
    }

    /// <inheritdoc/>
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (long)((ulong)minValue + Below((ulong)(maxValue - minValue)));
    }

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        Span<byte> word = stackalloc byte[8];
        while (!buffer.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, NextBits());
            int taken = Math.Min(8, buffer.Length);
            word[..taken].CopyTo(buffer);
            buffer = buffer[taken..];
        }
    }

    /// <inheritdoc/>
    protected override double Sample() => NextDouble();

    /// <summary>Uniform in [0, bound) without bias (Lemire 2019); 0 when bound is 0.</summary>
    private ulong Below(ulong bound)
    {
        ulong high = Math.BigMul(NextBits(), bound, out ulong low);
        if (low < bound)
        {
            ulong threshold = bound == 0 ? 0 : (0 - bound) % bound;
            while (low < threshold) high = Math.BigMul(NextBits(), bound, out low);
        }

        return high;
    }
}
