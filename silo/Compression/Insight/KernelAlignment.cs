namespace Distributed.Compression.Insight;

/// <summary>Linear centred kernel alignment of two sets of features of the same images.</summary>
/// <remarks>
/// Notation: X ∈ R^{n×p}, Y ∈ R^{n×q} features of n images, K = XXᵀ, L = YYᵀ ∈ R^{n×n}, H = I − 11ᵀ/n.
/// CKA = ⟨HKH, HLH⟩ / (‖HKH‖ ‖HLH‖), Frobenius products (Kornblith et al. 2019, eqs. 3 and 4, linear kernel). It does not change when either
/// set is rotated, scaled or shifted; p and q may differ, which is why it can compare a layer with its pruned self.
/// </remarks>
internal static class KernelAlignment
{
    /// <summary>In [0, 1]; null when one of the two does not vary over the images.</summary>
    /// <param name="first">K, row-major; left as it is.</param>
    /// <param name="second">L, row-major; left as it is.</param>
    /// <param name="count">n.</param>
    public static double? Of(double[] first, double[] second, int count)
    {
        double[] k = Centred(first, count);
        double[] l = Centred(second, count);
        double scale = Math.Sqrt(Product(k, k) * Product(l, l));
        return scale > 1e-12 * Math.Max(Product(first, first), Product(second, second)) ? Math.Clamp(Product(k, l) / scale, 0, 1) : null;
    }

    private static double[] Centred(double[] gram, int count)
    {
        double[] rows = new double[count];
        double all = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++) rows[i] += gram[(i * count) + j] / count;
            all += rows[i] / count;
        }

        double[] centred = new double[gram.Length];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++) centred[(i * count) + j] = gram[(i * count) + j] - rows[i] - rows[j] + all;
        }

        return centred;
    }

    private static double Product(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
