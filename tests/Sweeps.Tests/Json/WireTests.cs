using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Distributed.Sweeps.Tests;

public sealed class WireTests
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public static TheoryData<string> Records => SweepJsonTests.Records;

    [Theory, MemberData(nameof(Records))]
    public void Every_record_crosses_the_wire_without_loss(string name)
    {
        object value = new Populated().Of(typeof(SweepSpec).Assembly.GetType(name)!);
        var serializer = Services.GetRequiredService<Serializer>();

        object? back = serializer.Deserialize<object>(serializer.SerializeToArray(value));

        Assert.Equal(SweepJson.Write(value), SweepJson.Write(back));
    }

    [Fact]
    public void An_error_keeps_its_place_and_remedy()
    {
        var serializer = Services.GetRequiredService<Serializer>();

        var back = serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(new InvalidInputException("space.ratio", "it is 2", "Give less.")));

        var error = Assert.IsType<InvalidInputException>(back);
        Assert.Equal(("space.ratio", "it is 2", "Give less."), (error.Place, error.Found, error.Remedy));
        Assert.Equal("space.ratio: it is 2. Give less.", error.Message);
    }
}
