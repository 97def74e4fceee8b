using System.Reflection;

namespace Distributed.Architecture.Tests;

public sealed class LayeringTests
{
    [Theory, MemberData(nameof(Layers.Names), MemberType = typeof(Layers))]
    public void A_room_references_only_the_rooms_below_it(string name)
    {
        var ours = References(name).Where(reference => reference.StartsWith("Distributed.", StringComparison.Ordinal));
        Assert.Empty(ours.Except(Layers.Allowed[name]));
    }

    [Theory, MemberData(nameof(Layers.Names), MemberType = typeof(Layers))]
    public void A_room_knows_only_the_packages_that_are_its_own(string name)
    {
        var strange = from reference in References(name)
                      from reserved in Layers.Reserved
                      where reference.StartsWith(reserved.Key, StringComparison.Ordinal) && !reserved.Value.Contains(name)
                      select $"{name} references {reference}";
        Assert.Empty(strange);
    }

    [Fact]
    public void Every_room_of_the_solution_is_drawn()
    {
        var built = Directory.EnumerateFiles(Repository.Root, "Distributed.*.csproj", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/tests/", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file)!);
        Assert.Equal(Layers.Allowed.Keys.Order(), built.Order());
    }

    private static IEnumerable<string> References(string name) =>
        Assembly.Load(name).GetReferencedAssemblies().Select(reference => reference.Name!);
}
