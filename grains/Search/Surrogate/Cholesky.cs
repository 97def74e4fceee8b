using System.Numerics.Tensors;

namespace Distributed.Search;

/// <summary>The lower factor L of a symmetric positive definite matrix A + jitter·I = LLᵀ, which can grow by rows.</summary>
/// <remarks>
/// Notation: A, L ∈ R^{n×n}, row-major. Rows of L are contiguous, so that factoring, solving and inverting are dot products of row
/// prefixes; columns are processed in blocks so that the rows a block needs stay in cache.
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
        double[][] columns = new double[Size][];
        for (int i = 0; i < Size; i++) columns[i] = InverseColumn(i);
        double[][] inverse = new double[Size][];
        for (int i = 0; i < Size; i++)
        {
            inverse[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) inverse[i][j] = TensorPrimitives.Dot<double>(columns[i], columns[j].AsSpan(i - j));
        }

        return inverse;
    }

    /// <summary>Column i of L⁻¹ from its diagonal down.</summary>
    private double[] InverseColumn(int i)
    {
        double[] column = new double[Size - i];
        column[0] = 1 / _rows[i][i];
        for (int k = i + 1; k < Size; k++)
            column[k - i] = -TensorPrimitives.Dot<double>(_rows[k].AsSpan(i, k - i), column.AsSpan(0, k - i)) / _rows[k][k];
        return column;
    }

    /// <summary>L_ij = (A_ij − Σ_{k&lt;j} L_ik L_jk) / L_jj, in place, one block of columns after the other.</summary>
    private static bool Factor(List<double[]> rows)
    {
        for (int from = 0; from < rows.Count; from += Block)
        {
            int to = Math.Min(from + Block, rows.Count);
            for (int i = from; i < rows.Count; i++)
            {
                double[] row = rows[i];
                for (int j = from; j < Math.Min(i, to); j++)
                    row[j] = (row[j] - TensorPrimitives.Dot<double>(row.AsSpan(0, j), rows[j].AsSpan(0, j))) / rows[j][j];
                if (i >= to) continue;
                double pivot = row[i] - TensorPrimitives.SumOfSquares<double>(row.AsSpan(0, i));
                if (!(pivot > 1e-14) || !double.IsFinite(pivot)) return false;
                row[i] = Math.Sqrt(pivot);
            }
        }

        return true;
    }
}
