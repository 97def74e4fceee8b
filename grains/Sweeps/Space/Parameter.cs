using System.Text.Json.Serialization;

namespace Distributed.Sweeps;

/// <summary>How a numeric range is walked.</summary>
[GenerateSerializer, Alias("scale.v1")]
public enum Scale
{
    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>Evenly in the logarithm; both ends above 0.</summary>
    Log,

    /// <summary>Evenly in ln(x / (1 − x)), finest towards 0 and 1; real numbers only, both ends inside (0, 1).</summary>
    Logit,
}

/// <summary>One dimension of a search space. A closed union: only the records nested here derive from it.</summary>
[GenerateSerializer, Immutable, Alias("parameter.v1")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Real), "real")]
[JsonDerivedType(typeof(Integer), "integer")]
[JsonDerivedType(typeof(Categorical), "categorical")]
[JsonDerivedType(typeof(Fixed), "fixed")]
[JsonDerivedType(typeof(Ordinal), "ordinal")]
public abstract record Parameter
{
    private Parameter(string name) => Name = name;

    /// <summary>Unique in its space; see <see cref="ParameterNames"/> for those with a meaning.</summary>
    [Id(0)] public string Name { get; init; }

    /// <summary>When the parameter takes part; null for always. A candidate in which it does not take part does not hold it.</summary>
    [Id(1)] public Condition? When { get; init; }

    /// <summary>A real number in [Low, High].</summary>
    /// <param name="Name">Unique in the space.</param>
    /// <param name="Low">Inclusive.</param>
    /// <param name="High">Inclusive, above Low.</param>
    /// <param name="Scale">How the range is walked.</param>
    /// <param name="PerFamily">Whether the parameter stands for one of its kind per family of the model, named "Name/family".</param>
    [GenerateSerializer, Immutable, Alias("parameter-real.v1")]
    public sealed record Real(
        string Name,
        [property: Id(1)] double Low,
        [property: Id(2)] double High,
        [property: Id(3)] Scale Scale = Scale.Linear,
        [property: Id(4)] bool PerFamily = false) : Parameter(Name);

    /// <summary>A whole number Low, Low + Step, … up to High.</summary>
    /// <param name="Name">Unique in the space.</param>
    /// <param name="Low">Inclusive.</param>
    /// <param name="High">Inclusive when a whole number of steps away.</param>
    /// <param name="Step">At least 1.</param>
    /// <param name="Scale">How the range is walked.</param>
    [GenerateSerializer, Immutable, Alias("parameter-integer.v1")]
    public sealed record Integer(
        string Name,
        [property: Id(1)] long Low,
        [property: Id(2)] long High,
        [property: Id(3)] long Step = 1,
        [property: Id(4)] Scale Scale = Scale.Linear) : Parameter(Name);

    /// <summary>One of several names without an order.</summary>
    /// <param name="Name">Unique in the space.</param>
    /// <param name="Choices">At least two, all different.</param>
    [GenerateSerializer, Immutable, Alias("parameter-categorical.v1")]
    public sealed record Categorical(string Name, [property: Id(1)] IReadOnlyList<string> Choices) : Parameter(Name);

    /// <summary>One of several levels in an order, in which nearness means something.</summary>
    /// <param name="Name">Unique in the space.</param>
    /// <param name="Levels">At least two, all different: numbers ascending, or names in their order.</param>
    [GenerateSerializer, Immutable, Alias("parameter-ordinal.v1")]
    public sealed record Ordinal(string Name, [property: Id(1)] IReadOnlyList<ParameterValue> Levels) : Parameter(Name);

    /// <summary>A value that does not vary.</summary>
    /// <param name="Name">Unique in the space.</param>
    /// <param name="Value">The value.</param>
    [GenerateSerializer, Immutable, Alias("parameter-fixed.v1")]
    public sealed record Fixed(string Name, [property: Id(1)] ParameterValue Value) : Parameter(Name);
}
