namespace Distributed.Search.Tests;

/// <summary>Gauss–Jordan elimination, as an independent check of the factored forms.</summary>
internal static class DenseAlgebra
{
    public static (double[,] Inverse, double LogDeterminant) Invert(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double[,] a = (double[,])matrix.Clone();
        double[,] inverse = new double[n, n];
        for (int i = 0; i < n; i++) inverse[i, i] = 1;
        double logarithm = 0;
        for (int k = 0; k < n; k++)
        {
            double pivot = a[k, k];
            logarithm += Math.Log(pivot);
            for (int j = 0; j < n; j++) (a[k, j], inverse[k, j]) = (a[k, j] / pivot, inverse[k, j] / pivot);
            for (int i = 0; i < n; i++)
            {
                double factor = a[i, k];
                if (i == k || factor == 0) continue;
                for (int j = 0; j < n; j++) (a[i, j], inverse[i, j]) = (a[i, j] - (factor * a[k, j]), inverse[i, j] - (factor * inverse[k, j]));
            }
        }

        return (inverse, logarithm);
    }

    public static double[,] Full(IReadOnlyList<double[]> lower)
    {
        double[,] full = new double[lower.Count, lower.Count];
        for (int i = 0; i < lower.Count; i++)
        {
            for (int j = 0; j <= i; j++) full[i, j] = full[j, i] = lower[i][j];
        }

        return full;
    }
}
