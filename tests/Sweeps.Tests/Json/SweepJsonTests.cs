using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Distributed.Sweeps.Tests;

public sealed class SweepJsonTests
{
    private static readonly Type[] All = [.. typeof(SweepSpec).Assembly.GetTypes().Where(type =>
        type.GetCustomAttributes().Any(attribute => attribute.GetType().Name == "GenerateSerializerAttribute")
        && !type.IsEnum && !typeof(Exception).IsAssignableFrom(type))];

    public static TheoryData<string> Records => [.. All.Where(type => !type.IsAbstract && type.BaseType != typeof(ParameterValue)).Select(type => type.FullName!)];

    public static TheoryData<string> UnionNames => [.. All.Where(type => type.IsDefined(typeof(JsonPolymorphicAttribute))).Select(type => type.FullName!)];

    [Theory, MemberData(nameof(Records))]
    public void Every_record_reads_back_as_it_was_written(string name)
    {
        var type = typeof(SweepSpec).Assembly.GetType(name)!;
        var asked = type.BaseType is { } union && union.IsDefined(typeof(JsonPolymorphicAttribute)) ? union : type;
        object value = new Populated().Of(type);

        string json = Write(value, asked);
        object back = Read(json, asked);

        Assert.IsType(type, back);
        Assert.Equal(json, Write(back, asked));
    }

    [Theory, MemberData(nameof(Records))]
    public void No_member_is_lost(string name)
    {
        var type = typeof(SweepSpec).Assembly.GetType(name)!;
        object value = new Populated().Of(type);
        object back = Read(Write(value, type), type);

        Assert.All(Populated.Members(type), member => Assert.Equal(
            Write(member.GetValue(value)!, member.PropertyType), Write(member.GetValue(back)!, member.PropertyType)));
        Assert.All(Populated.Members(type).Where(member => !member.PropertyType.IsValueType), member => Assert.NotNull(member.GetValue(back)));
    }

    [Theory, MemberData(nameof(UnionNames))]
    public void Every_case_of_a_union_is_declared(string name)
    {
        var union = typeof(SweepSpec).Assembly.GetType(name)!;

        Assert.Equal(Unions.Cases(union), Unions.Declared(union));
    }

    [Fact]
    public void Values_are_bare_numbers_and_names_and_nothing_null_is_written()
    {
        var candidate = new Candidate([new("ratio", 0.5), new("criterion", "l1")]);

        Assert.Equal("""{"values":{"criterion":"l1","ratio":0.5}}""", SweepJson.Write(candidate));
        Assert.Equal("""{"metric":"latency-ratio","direction":"minimize"}""", SweepJson.Write(new Objective(Metric.LatencyRatio, Direction.Minimize)));
    }

    [Fact]
    public void Numbers_that_are_not_finite_survive() =>
        Assert.Equal(double.NaN, SweepJson.Read<RungReport>(SweepJson.Write(new RungReport(0, 0, double.NaN))).Accuracy);

    [Fact]
    public void Keys_of_a_later_version_are_passed_over() =>
        Assert.Equal(new RungReport(1, 2, 0.5), SweepJson.Read<RungReport>("""{"rung":1,"epochs":2,"accuracy":0.5,"loss":7}"""));

    [Fact]
    public void A_spec_has_the_fingerprint_of_what_it_says()
    {
        var spec = (SweepSpec)new Populated().Of(typeof(SweepSpec));
        var same = SweepJson.Read<SweepSpec>(SweepJson.Write(spec));

        Assert.Equal(spec.Fingerprint(), same.Fingerprint());
        Assert.NotEqual(spec.Fingerprint(), (spec with { Seed = spec.Seed + 1 }).Fingerprint());
        Assert.Matches("^[0-9a-f]{64}$", spec.Fingerprint());
    }

    [Fact]
    public void The_test_accuracy_is_written_for_people_only_and_is_no_metric()
    {
        Assert.NotNull(JsonNode.Parse(SweepJson.Write((Measurement)new Populated().Of(typeof(Measurement))))!["testAccuracy"]);
        Assert.DoesNotContain(Enum.GetNames<Metric>(), name => name.Contains("Test", StringComparison.Ordinal));
    }

    private static string Write(object value, Type type) => System.Text.Json.JsonSerializer.Serialize(value, type, SweepJson.Options);

    private static object Read(string json, Type type) => System.Text.Json.JsonSerializer.Deserialize(json, type, SweepJson.Options)!;
}
