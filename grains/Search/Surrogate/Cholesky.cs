using System.Numerics.Tensors;

namespace Distributed.Search;

/// <summary>The lower factor L of a symmetric positive definite matrix A + jitter·I = LLᵀ, which can grow by rows.</summary>
/// <remarks>
/// Notation: A, L ∈ R^{n×n}, row-major. Rows of L are contiguous, so that factoring, solving and inverting are dot products of row
/// prefixes, four at a time where four share a vector; columns are processed in blocks so that the rows a block needs stay in cache.
/// </remarks>
internal sealed class Cholesky
{
    private const int Block = 64;
    private static readonly double[] Jitters = [0, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4];
    private readonly List<double[]> _rows;

    private Cholesky(List<double[]> rows, double jitter) => (_rows, Jitter) = (rows, jitter);

    /// <summary>n.</summary>
    public int Size => _rows.Count;

    /// <summary>What was added to the diagonal to make the matrix positive definite; 0 when nothing was.</summary>
    public double Jitter { get; }

    /// <summary>Factors a matrix, climbing the jitter ladder 0, 1e-8 … 1e-4; null when the last rung is too low as well or A is not finite.</summary>
    /// <param name="lower">Row i holds A[i, 0 … i]. It is left as it is.</param>
    public static Cholesky? Of(IReadOnlyList<double[]> lower)
    {
        foreach (double jitter in Jitters)
        {
            var rows = lower.Select(row => (double[])row.Clone()).ToList();
            for (int i = 0; i < rows.Count; i++) rows[i][i] += jitter;
            if (Factor(rows)) return new(rows, jitter);
        }

        return null;
    }

    /// <summary>The factor of A with one more row and column; this one stays as it is, the rows are shared.</summary>
    /// <param name="row">A[n, 0 … n−1].</param>
    /// <param name="diagonal">A[n, n]; raised to leave a pivot of at least 1e-8 when it is not positive definite.</param>
    public Cholesky Extend(ReadOnlySpan<double> row, double diagonal)
    {
        double[] grown = new double[Size + 1];
        Solve(row, grown.AsSpan(0, Size));
        double pivot = diagonal + Jitter - TensorPrimitives.SumOfSquares<double>(grown.AsSpan(0, Size));
        grown[Size] = Math.Sqrt(Math.Max(pivot, 1e-8));
        return new([.. _rows, grown], Jitter);
    }

    /// <summary>x = L⁻¹ b.</summary>
    public void Solve(ReadOnlySpan<double> b, Span<double> x)
    {
        for (int i = 0; i < _rows.Count; i++)
            x[i] = (b[i] - TensorPrimitives.Dot<double>(_rows[i].AsSpan(0, i), x[..i])) / _rows[i][i];
    }

    /// <summary>x = (LLᵀ)⁻¹ b.</summary>
    public double[] SolveBoth(ReadOnlySpan<double> b)
    {
        double[] x = new double[Size];
        Solve(b, x);
        SolveTransposed(x);
        return x;
    }

    /// <summary>L b.</summary>
    public double[] Multiply(double[] b) => [.. _rows.Select((row, i) => TensorPrimitives.Dot<double>(row.AsSpan(0, i + 1), b.AsSpan(0, i + 1)))];

    /// <summary>x ← L⁻ᵀ x.</summary>
    public void SolveTransposed(Span<double> x)
    {
        for (int i = Size - 1; i >= 0; i--)
        {
            x[i] /= _rows[i][i];
            TensorPrimitives.MultiplyAdd<double>(_rows[i].AsSpan(0, i), -x[i], x[..i], x[..i]);
        }
    }

    /// <summary>log det A = 2 Σ log L_ii.</summary>
    public double LogDeterminant() => 2 * _rows.Select((row, i) => Math.Log(row[i])).Sum();

    /// <summary>A⁻¹: row i holds the entries [i, 0 … i].</summary>
    public double[][] Inverse()
    {
        int n = Size;
        double[][] columns = InverseColumns();
        double[][] inverse = new double[n][];
        for (int i = 0; i < n; i++)
        {
            double[] row = new double[i + 1];
            ReadOnlySpan<double> column = columns[i];
            int j = 0;
            for (; j + Dots.Count <= i + 1; j += Dots.Count)
            {
                (row[j], row[j + 1], row[j + 2], row[j + 3]) = Dots.Of(
                    column, columns[j].AsSpan(i - j), columns[j + 1].AsSpan(i - j - 1), columns[j + 2].AsSpan(i - j - 2), columns[j + 3].AsSpan(i - j - 3));
            }

            for (; j <= i; j++) row[j] = TensorPrimitives.Dot<double>(column, columns[j].AsSpan(i - j));
            inverse[i] = row;
        }

        return inverse;
    }

    /// <summary>Columns of L⁻¹, each from its diagonal down: [L⁻¹]_ki = −(Σ_{i≤m&lt;k} L_km [L⁻¹]_mi) / L_kk.</summary>
    private double[][] InverseColumns()
    {
        double[][] columns = [.. _rows.Select((row, i) => (double[])[1 / row[i], .. new double[Size - i - 1]])];
        int from = 0;
        for (; from + Dots.Count <= Size; from += Dots.Count) FillFour(columns, from);
        for (; from < Size; from++) Fill(columns, from, Size);
        return columns;
    }

    /// <summary>Rows of one column, up to the row <paramref name="to"/>.</summary>
    private void Fill(double[][] columns, int i, int to)
    {
        for (int k = i + 1; k < to; k++)
            columns[i][k - i] = -TensorPrimitives.Dot<double>(_rows[k].AsSpan(i, k - i), columns[i].AsSpan(0, k - i)) / _rows[k][k];
    }

    /// <summary>Four columns side by side: from the last one's diagonal down they need the same part of each row of L.</summary>
    private void FillFour(double[][] columns, int i)
    {
        for (int column = i; column < i + 3; column++) Fill(columns, column, i + 4);
        var (a, b, c, d) = (columns[i], columns[i + 1], columns[i + 2], columns[i + 3]);
        for (int k = i + 4; k < Size; k++)
        {
            var row = _rows[k].AsSpan(i);
            double scale = -1 / row[k - i];
            var (sumA, sumB, sumC, sumD) = Dots.Of(row[3..(k - i)], a.AsSpan(3), b.AsSpan(2), c.AsSpan(1), d);
            a[k - i] = scale * (sumA + (row[0] * a[0]) + (row[1] * a[1]) + (row[2] * a[2]));
            b[k - i - 1] = scale * (sumB + (row[1] * b[0]) + (row[2] * b[1]));
            c[k - i - 2] = scale * (sumC + (row[2] * c[0]));
            d[k - i - 3] = scale * sumD;
        }
    }

    /// <summary>L_ij = (A_ij − Σ_{k&lt;j} L_ik L_jk) / L_jj, in place, one block of columns after the other, four rows at a time.</summary>
    private static bool Factor(List<double[]> rows)
    {
        for (int from = 0; from < rows.Count; from += Block)
        {
            int to = Math.Min(from + Block, rows.Count);
            for (int i = from; i < to; i++)
            {
                Eliminate(rows, i, from, i);
                double[] row = rows[i];
                double pivot = row[i] - TensorPrimitives.SumOfSquares<double>(row.AsSpan(0, i));
                if (!(pivot > 1e-14) || !double.IsFinite(pivot)) return false;
                row[i] = Math.Sqrt(pivot);
            }

            int below = to;
            for (; below + Dots.Count <= rows.Count; below += Dots.Count) EliminateFour(rows, below, from, to);
            for (; below < rows.Count; below++) Eliminate(rows, below, from, to);
        }

        return true;
    }

    /// <summary>Row i of L from the columns <paramref name="from"/> to <paramref name="to"/>.</summary>
    private static void Eliminate(List<double[]> rows, int i, int from, int to)
    {
        double[] row = rows[i];
        for (int j = from; j < to; j++)
            row[j] = (row[j] - TensorPrimitives.Dot<double>(row.AsSpan(0, j), rows[j].AsSpan(0, j))) / rows[j][j];
    }

    private static void EliminateFour(List<double[]> rows, int i, int from, int to)
    {
        var (a, b, c, d) = (rows[i], rows[i + 1], rows[i + 2], rows[i + 3]);
        for (int j = from; j < to; j++)
        {
            double[] row = rows[j];
            double scale = 1 / row[j];
            var (sumA, sumB, sumC, sumD) = Dots.Of(row.AsSpan(0, j), a, b, c, d);
            (a[j], b[j], c[j], d[j]) = ((a[j] - sumA) * scale, (b[j] - sumB) * scale, (c[j] - sumC) * scale, (d[j] - sumD) * scale);
        }
    }
}
