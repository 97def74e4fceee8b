using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Distributed.Search;

/// <summary>Dot products of one vector with four others at once: it is read once instead of four times.</summary>
internal static class Dots
{
    /// <summary>How many others there are.</summary>
    public const int Count = 4;

    /// <summary>The products of <paramref name="shared"/> with the beginnings of four vectors that are at least as long.</summary>
    public static (double A, double B, double C, double D) Of(
        ReadOnlySpan<double> shared, ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d)
    {
        int n = shared.Length;
        a = a[..n];
        b = b[..n];
        c = c[..n];
        d = d[..n];
        var (sumA, sumB, sumC, sumD) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        int i = 0;
        for (; i <= n - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            var x = At(shared, i);
            sumA = Vector512.MultiplyAddEstimate(x, At(a, i), sumA);
            sumB = Vector512.MultiplyAddEstimate(x, At(b, i), sumB);
            sumC = Vector512.MultiplyAddEstimate(x, At(c, i), sumC);
            sumD = Vector512.MultiplyAddEstimate(x, At(d, i), sumD);
        }

        var (restA, restB, restC, restD) = (0.0, 0.0, 0.0, 0.0);
        for (; i < n; i++)
        {
            double x = shared[i];
            restA += x * a[i];
            restB += x * b[i];
            restC += x * c[i];
            restD += x * d[i];
        }

        return (Vector512.Sum(sumA) + restA, Vector512.Sum(sumB) + restB, Vector512.Sum(sumC) + restC, Vector512.Sum(sumD) + restD);
    }

    private static Vector512<double> At(ReadOnlySpan<double> values, int i) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)i);
}
