using System.Collections;
using System.Collections.Immutable;
using System.Reflection;

namespace Distributed.Sweeps.Tests;

/// <summary>Makes an instance of any of our records in which no member has its default value, each a different one.</summary>
internal sealed class Populated
{
    private int _counter;

    public object Of(Type type)
    {
        int n = ++_counter;
        if (Nullable.GetUnderlyingType(type) is { } inner) return Of(inner);
        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().Last();
        if (Special(type, n) is { } special) return special;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return List(type.GetGenericArguments()[0]);
        if (type.IsAbstract) return Of(Unions.Cases(type)[0]);
        return Record(type);
    }

    private static object? Special(Type type, int n) => type switch
    {
        _ when type == typeof(string) => $"text-{n}",
        _ when type == typeof(bool) => true,
        _ when type == typeof(double) => n + 0.25,
        _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(n),
        _ when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch.AddSeconds(n),
        _ when type == typeof(SweepId) => new SweepId($"sweep-{n}"),
        _ when type == typeof(ArtifactName) => new ArtifactName($"files/{n}"),
        _ when type == typeof(ParameterValue) => new ParameterValue.Number(n),
        _ when type == typeof(ImmutableSortedDictionary<string, ParameterValue>) =>
            ImmutableSortedDictionary.CreateRange<string, ParameterValue>([new("a", n), new("b", $"choice-{n}")]),
        _ when type.IsPrimitive => Convert.ChangeType(n, type),
        _ => null,
    };

    private IList List(Type element)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        list.Add(Of(element));
        list.Add(Of(element));
        return list;
    }

    private object Record(Type type)
    {
        var constructor = type.GetConstructors().Where(one => !one.GetParameters().Any(parameter => parameter.ParameterType == type)).MaxBy(one => one.GetParameters().Length)!;
        if (type == typeof(Candidate)) constructor = type.GetConstructor([typeof(ImmutableSortedDictionary<string, ParameterValue>)])!;
        object made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType))]);
        foreach (var property in Members(type).Where(property => property.CanWrite && !constructor.GetParameters().Any(parameter => parameter.Name == property.Name)))
            property.SetValue(made, Of(property.PropertyType));
        return made;
    }

    /// <summary>The members that are part of the value: those with an [Id], or settable.</summary>
    public static IEnumerable<PropertyInfo> Members(Type type) =>
        type.GetProperties().Where(property => property.GetIndexParameters().Length == 0 && property.GetCustomAttributes().Any(attribute => attribute.GetType().Name == "IdAttribute"));
}
