using System.Text.RegularExpressions;

namespace Distributed.Membership.Tests;

public sealed partial class SettingsTableTests
{
    [Fact]
    public void The_documentation_tells_every_setting_as_the_program_knows_it()
    {
        Assert.Equal(SettingKeys.All.Select(Row), Table("setting"));
        Assert.Equal(SettingKeys.Variables.Select(Row), Table("variable"));
    }

    [Fact]
    public void Every_variable_that_the_programs_read_is_told_and_every_one_that_is_told_is_read()
    {
        List<string> read = [.. from room in (string[])["grains", "silo", "client"]
                                from file in Directory.EnumerateFiles(Path.Combine(Repository, room), "*.cs", SearchOption.AllDirectories)
                                where !file.Contains("/obj/", StringComparison.Ordinal) && !file.EndsWith("/SettingKeys.cs", StringComparison.Ordinal)
                                from match in Variable().Matches(File.ReadAllText(file))
                                select match.Groups[1].Value];
        List<string> told = [.. SettingKeys.Variables.SelectMany(key => key.Name.Split(", "))];
        Assert.All(read, name => Assert.Contains(told, one => one == name || (one.EndsWith('…') && name.StartsWith(one[..^1], StringComparison.Ordinal))));
        Assert.All(told, one => Assert.Contains(read, name => one == name || (one.EndsWith('…') && name.StartsWith(one[..^1], StringComparison.Ordinal))));
        Assert.Contains("XDG_CACHE_HOME", string.Join('\n', Table("variable")), StringComparison.Ordinal);
    }

    private static string Repository => Root(AppContext.BaseDirectory);

    private static string Row(SettingKey key) => $"| `{key.Name}` | {key.Default} | {key.Meaning} |";

    private static IEnumerable<string> Table(string head) => File.ReadLines(Path.Combine(Repository, "README.md"))
        .SkipWhile(line => line != $"| {head} | default | meaning |").Skip(2).TakeWhile(line => line.StartsWith('|'));

    /// <summary>Text that names one of our variables or of OpenTelemetry's; settings have two underscores and a table of their own.</summary>
    [GeneratedRegex("\"((?:DISTRIBUTED|OTEL)_(?!_)[A-Z0-9_]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Distributed.sln"))
        ? folder
        : Root(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository."));
}
