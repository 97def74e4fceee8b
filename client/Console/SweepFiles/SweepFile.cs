using System.Text;
using Distributed.Client.SweepFiles.Sections;

namespace Distributed.Client.SweepFiles;

/// <summary>A sweep file, read into a spec.</summary>
internal static class SweepFile
{
    /// <summary>Reads a file, checks all of it, and reports everything that is wrong at once.</summary>
    /// <param name="file">Its path as the user gave it; relative paths in the file are relative to its folder.</param>
    /// <param name="overrides">What the command line says instead of the file.</param>
    /// <exception cref="InvalidInputException">The file cannot be read, or an override cannot be used.</exception>
    /// <exception cref="InvalidSweepFileException">Its content cannot be used.</exception>
    public static SweepSpec Read(string file, SweepFileOverrides overrides)
    {
        string text = TextOf(file);
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        return Parse(text, new(file, folder, overrides, path => File.Exists(path) || Directory.Exists(path)));
    }

    /// <summary>The spec that a text describes.</summary>
    internal static SweepSpec Parse(string text, SweepFileContext context)
    {
        ProblemList problems = new();
        SweepSpec? spec = null;
        if (YamlTree.Parse(text, problems) is { } tree && Section.Open(tree, "", Vocabulary.Root, problems) is { } root)
            spec = SpecReader.Read(root, context);
        return spec is null || problems.Any ? throw new InvalidSweepFileException(context.File, text, problems.All) : spec;
    }

    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidInputException(file, "there is no such file", "Give the path of a sweep file; client/examples holds some.", error);
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidInputException(file, "it is not UTF-8 text", "Save the sweep file as UTF-8.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string found = Directory.Exists(file) ? "it is a folder" : "it cannot be read";
            throw new InvalidInputException(file, found, "Give the path of a sweep file that you may read.", error);
        }
    }
}

/// <summary>What the command line says instead of the file.</summary>
/// <param name="Data">The dataset's path, relative to the working directory, or null.</param>
/// <param name="Model">The ONNX file, relative to the working directory, or null.</param>
internal sealed record SweepFileOverrides(string? Data = null, string? Model = null);

/// <summary>What reading a sweep file depends on beside its text.</summary>
/// <param name="File">Its name, for messages and as the sweep's default name.</param>
/// <param name="Folder">What its relative paths are relative to.</param>
/// <param name="Overrides">What the command line says instead.</param>
/// <param name="Exists">Whether there is something at a path.</param>
internal sealed record SweepFileContext(string File, string Folder, SweepFileOverrides Overrides, Predicate<string> Exists);
