using CsCheck;

namespace Distributed.Search.Tests;

public sealed class SpaceEncodingTests
{
    private static readonly Gen<double> Place = Gen.Frequency((8, Gen.Double[0, 1]), (1, Gen.Const(0.0)), (1, Gen.Const(1.0)));

    private static readonly Gen<Parameter> Varying = Gen.OneOf(
        Gen.Select(Gen.Double[-5, 5], Gen.Double[0.001, 10], (low, range) => (Parameter)new Parameter.Real("p", low, low + range)),
        Gen.Select(Gen.Double[1e-6, 1], Gen.Double[1.01, 1e4], (low, factor) => (Parameter)new Parameter.Real("p", low, low * factor, Scale.Log)),
        Gen.Select(Gen.Long[-20, 20], Gen.Long[1, 60], Gen.Long[1, 7], (low, range, step) => (Parameter)new Parameter.Integer("p", low, low + range, step)),
        Gen.Select(Gen.Long[1, 20], Gen.Long[1, 200], Gen.Long[1, 7], (low, range, step) => (Parameter)new Parameter.Integer("p", low, low + range, step, Scale.Log)),
        Gen.Select(Gen.Double[1e-6, 0.5], Gen.Double[0.51, 1 - 1e-6], (low, high) => (Parameter)new Parameter.Real("p", low, high, Scale.Logit)),
        Gen.Int[2, 9].Select(n => (Parameter)new Parameter.Ordinal("p", [.. Enumerable.Range(0, n).Select(i => (ParameterValue)(i * i / 4.0))])),
        Gen.Int[2, 9].Select(n => (Parameter)new Parameter.Categorical("p", [.. Enumerable.Range(0, n).Select(i => $"c{i}")])));

    [Fact]
    public void Every_value_has_one_place_and_stands_there() => Gen.Select(Varying, Place).Sample((parameter, place) =>
    {
        var axis = Axis.Of(parameter)!;
        var value = axis.Decode(place);
        return axis.Decode(axis.Encode(value)) == value && axis.Encode(value) is >= 0 and <= 1;
    });

    [Fact]
    public void Values_rise_with_their_places() => Gen.Select(Varying, Place, Place).Sample((parameter, a, b) =>
    {
        var axis = Axis.Of(parameter)!;
        return !axis.IsOrdered || Number(axis.Decode(Math.Min(a, b))) <= Number(axis.Decode(Math.Max(a, b)));
    });

    [Fact]
    public void The_ends_of_the_interval_are_the_ends_of_the_range()
    {
        var axis = Axis.Of(new Parameter.Real("p", 0.123456, 0.987654, Scale.Log))!;

        Assert.Equal([0.123456, 0.987654], new[] { Number(axis.Decode(0)), Number(axis.Decode(1)) });
    }

    [Theory]
    [InlineData(Scale.Linear, 0.5, 0.505)]
    [InlineData(Scale.Log, 0.5, 0.1)]
    public void The_middle_of_a_real_range_is_its_arithmetic_or_geometric_mean(Scale scale, double place, double value) =>
        Assert.Equal(value, Number(Axis.Of(new Parameter.Real("p", 0.01, 1, scale))!.Decode(place)));

    [Fact]
    public void A_logit_scale_is_as_fine_near_one_as_near_zero()
    {
        var axis = Axis.Of(new Parameter.Real("p", 0.001, 0.999, Scale.Logit))!;

        Assert.Equal(0.5, Number(axis.Decode(0.5)));
        Assert.Equal(1, Number(axis.Decode(0.1)) + Number(axis.Decode(0.9)), 12);
        Assert.Equal(1 / (1 + Math.Exp(0.8 * Math.Log(999))), Number(axis.Decode(0.1)), 5);
    }

    [Fact]
    public void A_level_stands_in_its_cell_and_a_number_between_two_levels_at_the_nearer_one()
    {
        var axis = Axis.Of(new Parameter.Ordinal("p", [1, 2, 4, 8]))!;

        Assert.Equal([0.125, 0.375, 0.625, 0.875], new double[] { 1, 2, 4, 8 }.Select(level => axis.Encode(level)));
        Assert.Equal(0.625, axis.Encode(5));
        Assert.Equal("none", Axis.Of(new Parameter.Ordinal("p", ["none", "weak"]))!.Decode(0.49).ToString());
        Assert.Throws<ArgumentException>(() => axis.Encode("none"));
    }

    [Fact]
    public void Evenly_spaced_places_give_every_whole_number_equally_often()
    {
        var axis = Axis.Of(new Parameter.Integer("p", 2, 9, 3))!;

        var counts = Enumerable.Range(0, 300).Select(i => axis.Decode((i + 0.5) / 300)).CountBy(value => value).Select(pair => (Number(pair.Key), pair.Value));

        Assert.Equal([(2, 100), (5, 100), (8, 100)], counts);
    }

    [Fact]
    public void A_finite_space_is_counted_and_numbered()
    {
        var encoding = new SpaceEncoding(PruningToy.Finite);

        Assert.Equal(6, encoding.Size);
        Assert.Equal(6, Enumerable.Range(0, 6).Select(i => encoding.At(i)).Distinct().Count());
    }

    [Fact]
    public void A_space_with_a_real_parameter_is_not_counted() => Assert.Null(new SpaceEncoding(PruningToy.Mixed).Size);

    private static double Number(ParameterValue value) => ((ParameterValue.Number)value).Value;
}
