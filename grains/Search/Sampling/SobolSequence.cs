using System.Globalization;
using System.Numerics;

namespace Distributed.Search;

/// <summary>
/// Scrambled Sobol points in [0, 1)^d. Joe and Kuo's direction numbers (2008) to dimension 128; the digits of each dimension are scrambled by
/// hash-based nested uniform (Owen) scrambling (Laine and Karras 2011 with the hash of Burley 2020), keyed by the random stream.
/// </summary>
/// <remarks>
/// Notation: x_i = i-th point, i ≥ 0; v_j = direction numbers, 32 bits. Every aligned block of 2^k points puts exactly one point into each
/// interval of length 2^−k in each dimension. Dimensions above 128 are hashed from i: uniform, but no longer stratified.
/// </remarks>
internal sealed class SobolSequence
{
    /// <summary>The dimensions that are stratified.</summary>
    public const int Stratified = 128;

    private const int Bits = 32;
    private static readonly uint[][] Directions = Load();
    private readonly uint[] _keys;

    public SobolSequence(int dimensions, SeededRandom random)
    {
        _keys = new uint[dimensions];
        for (int d = 0; d < dimensions; d++) _keys[d] = (uint)random.NextBits();
    }

    /// <summary>Point <paramref name="index"/>, by direct evaluation: the order of asking does not matter.</summary>
    public double[] At(uint index)
    {
        double[] point = new double[_keys.Length];
        for (int d = 0; d < point.Length; d++)
        {
            uint digits = d < Stratified ? Digits(Directions[d], index) : index;
            point[d] = Scramble(digits, _keys[d], d < Stratified) * (1.0 / (1UL << Bits));
        }

        return point;
    }

    private static uint Digits(uint[] directions, uint index)
    {
        uint digits = 0;
        for (int j = 0; index != 0; j++, index >>= 1)
        {
            if ((index & 1) != 0) digits ^= directions[j];
        }

        return digits;
    }

    /// <summary>Flips each digit by a hash of the digits above it: on the reversed bits a hash that carries upwards only.</summary>
    private static uint Scramble(uint digits, uint key, bool nested)
    {
        uint x = nested ? Reverse(digits) : Mix(digits ^ key);
        x += key;
        x ^= x * 0x6c50b47c;
        x ^= x * 0xb82f1e52;
        x ^= x * 0xc7afe638;
        x ^= x * 0x8d22f6e6;
        return Reverse(x);
    }

    private static uint Mix(uint x)
    {
        x = (x ^ (x >> 16)) * 0x7feb352d;
        x = (x ^ (x >> 15)) * 0x846ca68b;
        return x ^ (x >> 16);
    }

    private static uint Reverse(uint x)
    {
        x = ((x >> 1) & 0x55555555) | ((x & 0x55555555) << 1);
        x = ((x >> 2) & 0x33333333) | ((x & 0x33333333) << 2);
        x = ((x >> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
        x = ((x >> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
        return BitOperations.RotateLeft(x, 16);
    }

    private static uint[][] Load()
    {
        using var stream = typeof(SobolSequence).Assembly.GetManifestResourceStream("joe-kuo-6.txt")!;
        using var reader = new StreamReader(stream);
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#');
        uint[] first = [.. Enumerable.Range(1, Bits).Select(j => 1u << (Bits - j))];
        return [first, .. rows.Select(row => Extend([.. row.Split(' ').Select(text => uint.Parse(text, CultureInfo.InvariantCulture))]))];
    }

    /// <summary>v_j = a_1 v_(j−1) ⊕ … ⊕ a_(s−1) v_(j−s+1) ⊕ v_(j−s) ⊕ (v_(j−s) ≫ s) (Bratley and Fox 1988).</summary>
    /// <param name="row">s, a, m_1 … m_s.</param>
    private static uint[] Extend(uint[] row)
    {
        int degree = (int)row[0];
        uint[] v = new uint[Bits];
        for (int j = 0; j < Bits; j++)
        {
            if (j < degree)
            {
                v[j] = row[j + 2] << (Bits - 1 - j);
                continue;
            }

            v[j] = v[j - degree] ^ (v[j - degree] >> degree);
            for (int k = 1; k < degree; k++)
            {
                if (((row[1] >> (degree - 1 - k)) & 1) != 0) v[j] ^= v[j - k];
            }
        }

        return v;
    }
}
