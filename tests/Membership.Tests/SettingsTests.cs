using Distributed.Sweeps;
using Microsoft.Extensions.Configuration;

namespace Distributed.Membership.Tests;

public sealed class SettingsTests
{
    private const string Secret = "a secret of 23 letters!";

    [Theory]
    [InlineData("Cluster:Membership", "zookeeper", "Distributed:Cluster:Membership", "localhost, redis, adonet")]
    [InlineData("Cluster:Membership", "1", "Distributed:Cluster:Membership", "localhost, redis, adonet")]
    [InlineData("Cluster:Id", "a/b", "Distributed:Cluster:Id", "letters, digits")]
    [InlineData("Cluster:Wait", "soon", "Distributed:Cluster:Wait", "30s, 2m or 1h")]
    [InlineData("Cluster:Gateways", "10.0.0.5", "Distributed:Cluster:Gateways", "HOST:PORT")]
    [InlineData("Cluster:Gateways", "10.0.0.5:99999", "Distributed:Cluster:Gateways", "HOST:PORT")]
    [InlineData("Cluster:Secret", "short", "Distributed:Cluster:Secret", "at least 16")]
    public void What_cannot_be_used_is_told_with_key_value_and_remedy(string key, string value, string place, string remedy)
    {
        var error = Assert.Throws<InvalidInputException>(() => ClusterSettings.Read(Of((key, value))));
        Assert.Equal(place, error.Place);
        Assert.Contains(remedy, error.Remedy);
        if (key != "Cluster:Secret") Assert.Contains(value, error.Found);
        else Assert.DoesNotContain(value, error.Message);
    }

    [Theory, InlineData("redis", "host:6379"), InlineData("adonet", "Host=")]
    public void A_membership_without_its_server_is_refused(string membership, string remedy)
    {
        var error = Assert.Throws<InvalidInputException>(() => ClusterSettings.Read(Of(("Cluster:Membership", membership))));
        Assert.Equal("Distributed:Cluster:ConnectionString", error.Place);
        Assert.Contains(remedy, error.Remedy);
    }

    [Theory, InlineData("true", true), InlineData("FALSE", false), InlineData("", true)]
    public void A_yes_or_no_is_read_or_left_to_its_default(string value, bool expected) =>
        Assert.Equal(expected, Of(("OrleansDashboard", value)).Flag("OrleansDashboard", otherwise: true));

    [Fact]
    public void What_is_neither_yes_nor_no_is_told()
    {
        var error = Assert.Throws<InvalidInputException>(() => Of(("OrleansDashboard", "on")).Flag("OrleansDashboard", otherwise: true));
        Assert.Equal(("Distributed:OrleansDashboard", "Give true or false."), (error.Place, error.Remedy));
    }

    [Fact]
    public void A_misspelt_key_is_refused_and_the_right_one_named()
    {
        var error = Assert.Throws<InvalidInputException>(() => SettingSources.Read(null, ["Cluster:Memberships=redis"]));
        Assert.Contains("Cluster:Membership", error.Remedy);
    }

    [Theory, InlineData("Cluster:Secret"), InlineData("cluster:secret"), InlineData("Distributed__Cluster__ConnectionString")]
    public void Secrets_are_refused_on_the_command_line_and_not_repeated(string key)
    {
        var error = Assert.Throws<InvalidInputException>(() => SettingSources.Read(null, [$"{key}={Secret}"]));
        Assert.Contains("DISTRIBUTED__CLUSTER__", error.Remedy);
        Assert.DoesNotContain(Secret, error.Message);
    }

    [Fact]
    public void The_command_line_overrules_a_file()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, """{ "Distributed": { "Cluster": { "Id": "file", "ServiceId": "file" } } }""");
        var cluster = ClusterSettings.Read(SettingSources.Read(file, ["Cluster:Id=line"]));
        File.Delete(file);
        Assert.Equal(("line", "file"), (cluster.Id, cluster.ServiceId));
    }

    [Fact]
    public void A_file_that_is_no_json_is_named()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "{ Distributed");
        var error = Assert.Throws<InvalidInputException>(() => SettingSources.Read(file, []));
        File.Delete(file);
        Assert.Equal(file, error.Place);
    }

    [Fact]
    public void Settings_are_printed_without_what_is_secret()
    {
        var cluster = ClusterSettings.Read(Of(("Cluster:Secret", Secret), ("Cluster:Membership", "redis"), ("Cluster:ConnectionString", "h:1,password=xyzzy")));
        Assert.Equal("cluster 'distributed' (redis)", cluster.ToString());
    }

    [Theory, InlineData("30s", 30), InlineData("2m", 120), InlineData("1.5h", 5400), InlineData("00:00:05", 5)]
    public void Times_have_units(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), ClusterSettings.Read(Of(("Cluster:Wait", text))).Wait);

    private static Settings Of(params (string Key, string Value)[] values) => new(new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create($"Distributed:{pair.Key}", (string?)pair.Value))).Build());
}
