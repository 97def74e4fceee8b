using System.Collections.Immutable;

namespace Distributed.Compression.Graph;

/// <summary>What is known of a value before anything runs.</summary>
/// <param name="Shape">Its dimensions, all known.</param>
/// <param name="Type">Its elements.</param>
/// <param name="Constant">The value itself, where it depends on shapes and constants only; null otherwise.</param>
internal sealed record InferredValue(ImmutableArray<int> Shape, ElementType Type, Tensor? Constant = null);
