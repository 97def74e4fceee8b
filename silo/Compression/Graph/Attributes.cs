using System.Collections.Immutable;

namespace Distributed.Compression.Graph;

/// <summary>A node's attributes: long, double (from float), string, long[], double[], string[] or <see cref="Tensor"/> by name.</summary>
/// <param name="Values">Name to value, in ordinal order.</param>
internal sealed record Attributes(ImmutableSortedDictionary<string, object> Values)
{
    /// <summary>No attributes: all have ONNX's defaults.</summary>
    public static Attributes Empty { get; } = new(ImmutableSortedDictionary.Create<string, object>(StringComparer.Ordinal));

    /// <summary>A whole number, or the default given.</summary>
    public long Integer(string name, long otherwise) => Values.TryGetValue(name, out object? value) ? (long)value : otherwise;

    /// <summary>A real number, or the default given.</summary>
    public double Real(string name, double otherwise) => Values.TryGetValue(name, out object? value) ? (double)value : otherwise;

    /// <summary>A text, or the default given.</summary>
    public string Text(string name, string otherwise) => Values.TryGetValue(name, out object? value) ? (string)value : otherwise;

    /// <summary>Whole numbers, or null where they are left out.</summary>
    public long[]? Integers(string name) => Values.TryGetValue(name, out object? value) ? (long[])value : null;

    /// <summary>Real numbers, or null where they are left out.</summary>
    public double[]? Reals(string name) => Values.TryGetValue(name, out object? value) ? (double[])value : null;

    /// <summary>A constant, or null where it is left out.</summary>
    public Tensor? Constant(string name) => Values.TryGetValue(name, out object? value) ? (Tensor)value : null;

    /// <summary>Whether an attribute is set.</summary>
    public bool Has(string name) => Values.ContainsKey(name);

    /// <summary>The same attributes with one set.</summary>
    public Attributes With(string name, object value) => new(Values.SetItem(name, value));
}
