namespace Distributed.Membership.Tests;

public sealed class SettingsTableTests
{
    [Fact]
    public void The_documentation_tells_every_setting_as_the_program_knows_it()
    {
        var table = File.ReadLines(Path.Combine(Root(AppContext.BaseDirectory), "README.md"))
            .SkipWhile(line => line != "| setting | default | meaning |").Skip(2).TakeWhile(line => line.StartsWith('|'));
        Assert.Equal(SettingKeys.All.Select(key => $"| `{key.Name}` | {key.Default} | {key.Meaning} |"), table);
    }

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Distributed.sln"))
        ? folder
        : Root(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository."));
}
