using Distributed.Compression.Graph;

namespace Distributed.Gallery;

/// <summary>How far a result is from what it should be, in tolerances: 1 or less is right.</summary>
internal static class Difference
{
    /// <summary>Relative tolerance.</summary>
    public const double Relative = 1e-3;

    /// <summary>Absolute tolerance.</summary>
    public const double Absolute = 1e-5;

    /// <summary>The largest |found − stated| / (absolute + relative · |stated|); infinite where shapes, infinities or what is no number differ.</summary>
    public static double InTolerances(Tensor stated, Tensor found)
    {
        if (!stated.Shape.SequenceEqual(found.Shape)) return double.PositiveInfinity;
        (double[] a, double[] b) = (Numbers(stated), Numbers(found));
        double largest = 0;
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i].Equals(b[i])) continue;
            double tolerances = Math.Abs(a[i] - b[i]) / (Absolute + (Relative * Math.Abs(a[i])));
            largest = double.IsFinite(tolerances) ? Math.Max(largest, tolerances) : double.PositiveInfinity;
        }

        return largest;
    }

    private static double[] Numbers(Tensor tensor) => tensor switch
    {
        FloatTensor floats => Array.ConvertAll(floats.Data, item => (double)item),
        IntegerTensor whole => Array.ConvertAll(whole.Data, item => (double)item),
        _ => throw new ArgumentException("Not a tensor.", nameof(tensor)),
    };
}
