using TorchSharp;
using static TorchSharp.torch;

namespace Distributed.Compression.Training;

/// <summary>
/// Sums of tensors, and tensors with numbers. TorchSharp wraps every number in a <see cref="Scalar"/> (the factor 1 of a plain sum, too) that
/// nothing holds while libtorch reads it: where the collector finalises it meanwhile, libtorch reads freed memory (one operation in 12,000 threw
/// under constant collections). Here a number lives until the call has returned.
/// </summary>
internal static class TensorArithmetic
{
    /// <summary>Zero, for operations that ask for a number.</summary>
    public static Scalar Zero { get; } = Number(0);

    /// <summary>One, for operations that ask for a number.</summary>
    public static Scalar One { get; } = Number(1);

    /// <summary>A number for libtorch: its holder outlives the call, by a field or by <see langword="using"/>.</summary>
    public static Scalar Number(double value) => value;

    /// <inheritdoc cref="Number(double)"/>
    public static Scalar Number(long value) => value;

    /// <summary>left + right, broadcast.</summary>
    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, One);

    /// <summary>Every element + right; an integer keeps the tensor's type.</summary>
    public static Tensor Plus(this Tensor left, long right)
    {
        using var number = Number(right);
        return left.add(number, One);
    }

    /// <summary>Every element + right.</summary>
    public static Tensor Plus(this Tensor left, double right) => Holding(right, number => left.add(number, One));

    /// <summary>Every element − right.</summary>
    public static Tensor Minus(this Tensor left, double right) => Holding(right, left.sub);

    /// <summary>Every element · right.</summary>
    public static Tensor Times(this Tensor left, double right) => Holding(right, left.mul);

    /// <summary>Every element ÷ right.</summary>
    public static Tensor Over(this Tensor left, double right) => Holding(right, number => left.div(number));

    /// <summary>Every element to the power of right.</summary>
    public static Tensor ToThe(this Tensor left, double right) => Holding(right, left.pow);

    /// <summary>left ← left + factor · right.</summary>
    public static Tensor Add(this Tensor left, Tensor right, double factor) => Holding(factor, number => left.add_(right, number));

    /// <summary>left ← left + right.</summary>
    public static Tensor Add(this Tensor left, Tensor right) => left.add_(right, One);

    /// <summary>left ← left · right.</summary>
    public static Tensor Multiply(this Tensor left, double right) => Holding(right, left.mul_);

    private static Tensor Holding(double value, Func<Scalar, Tensor> operation)
    {
        using var number = Number(value);
        return operation(number);
    }
}
