using Microsoft.Extensions.Configuration;

namespace Distributed.Membership;

/// <summary>Where settings come from; each overrules those before: appsettings.json beside the program, a file that was given, the environment, the command line.</summary>
public static class SettingSources
{
    private const string File = "appsettings.json";

    /// <summary>Reads them all.</summary>
    /// <param name="file">A JSON file, or null.</param>
    /// <param name="commandLine">KEY=VALUE, keys below "Distributed"; later ones overrule.</param>
    /// <exception cref="InvalidInputException">A file cannot be read, or there is no such setting.</exception>
    public static Settings Read(string? file, IEnumerable<string> commandLine)
    {
        if (file is not null && !System.IO.File.Exists(file))
            throw new InvalidInputException(file, "there is no such file", "Give the path of a JSON file with a section \"Distributed\".");
        ConfigurationBuilder builder = new();
        builder.AddJsonFile(Path.Combine(AppContext.BaseDirectory, File), optional: true, reloadOnChange: false);
        if (file is not null) builder.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        builder.AddEnvironmentVariables();
        builder.AddInMemoryCollection(commandLine.Select(Pair));
        Settings settings = new(Build(builder, file ?? File));
        settings.Check();
        return settings;
    }

    private static IConfiguration Build(ConfigurationBuilder builder, string file)
    {
        try
        {
            return builder.Build();
        }
        catch (Exception error) when (error is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(file, $"it cannot be read ({(error.InnerException ?? error).Message.TrimEnd('.')})", "Give a JSON file with a section \"Distributed\".", error);
        }
    }

    private static KeyValuePair<string, string?> Pair(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1) throw new InvalidInputException("--set", $"'{text}' is no setting", "Give KEY=VALUE, such as Role=worker.");
        string key = text[..equals].Replace("__", ":", StringComparison.Ordinal);
        if (key.StartsWith(Settings.Root + ":", StringComparison.OrdinalIgnoreCase)) key = key[(Settings.Root.Length + 1)..];
        if (SettingKeys.All.Any(known => known.IsSecret && known.Name.Equals(key, StringComparison.OrdinalIgnoreCase)))
        {
            throw new InvalidInputException(
                $"--set {key}", "others on this machine can read command lines, and this setting is secret",
                $"Set the environment variable DISTRIBUTED__{key.ToUpperInvariant().Replace(":", "__", StringComparison.Ordinal)}, or write it into a file that only you can read.");
        }

        return new($"{Settings.Root}:{key}", text[(equals + 1)..]);
    }
}
