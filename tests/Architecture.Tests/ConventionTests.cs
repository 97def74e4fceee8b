using System.Reflection;

namespace Distributed.Architecture.Tests;

public sealed class ConventionTests
{
    private static readonly string[] EmptyWords = ["Helper", "Manager", "Core", "Util", "Utils", "Common"];

    [Theory, MemberData(nameof(Layers.Names), MemberType = typeof(Layers))]
    public void Classes_are_sealed_unless_they_are_made_to_be_derived_from(string assembly)
    {
        var types = Types(assembly).ToList();
        var bases = types.Select(type => type.BaseType).OfType<Type>().Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type);
        var open = types.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !IsPage(type)).Except(bases);
        Assert.Empty(open.Select(type => type.FullName));
    }

    [Theory, MemberData(nameof(Layers.Names), MemberType = typeof(Layers))]
    public void No_type_has_a_name_that_says_nothing(string assembly) =>
        Assert.DoesNotContain(Types(assembly), type => EmptyWords.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal)));

    [Fact]
    public void A_source_file_can_be_held_in_the_head()
    {
        var sources = Repository.Sources("grains", "silo", "client").ToList();
        Assert.NotEmpty(sources);
        Assert.DoesNotContain(sources, file => File.ReadLines(file).Count() > 300);
    }

    /// <summary>Types that we wrote: not those of code generators (protobuf, Orleans, regular expressions, the compiler).</summary>
    private static IEnumerable<Type> Types(string assembly) => Assembly.Load(assembly).GetTypes().Where(type =>
        type.Namespace?.StartsWith("Distributed.", StringComparison.Ordinal) == true
        && !type.Namespace.EndsWith(".Onnx", StringComparison.Ordinal)
        && !type.Name.Contains('<', StringComparison.Ordinal)
        && !IsGenerated(type));

    /// <summary>A component of a page: the Razor compiler seals none.</summary>
    private static bool IsPage(Type type) => type.Name == "_Imports" || type.GetInterfaces().Any(implemented => implemented.FullName == "Microsoft.AspNetCore.Components.IComponent");

    private static bool IsGenerated(Type type) =>
        type.GetCustomAttribute<System.CodeDom.Compiler.GeneratedCodeAttribute>() is not null
        || type.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is not null
        || (type.DeclaringType is { } outer && IsGenerated(outer));
}
