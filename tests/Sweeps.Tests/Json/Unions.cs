using System.Text.Json.Serialization;

namespace Distributed.Sweeps.Tests;

/// <summary>The closed unions among our records.</summary>
internal static class Unions
{
    /// <summary>The records that derive from a union, in the order of their names.</summary>
    public static IReadOnlyList<Type> Cases(Type union) => [.. union.GetNestedTypes().Where(type => type.BaseType == union).OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>The cases that JSON is told of.</summary>
    public static IReadOnlyList<Type> Declared(Type union) => [.. union.GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false)
        .Cast<JsonDerivedTypeAttribute>().Select(attribute => attribute.DerivedType).OrderBy(type => type.Name, StringComparer.Ordinal)];
}
