using Distributed.Client.SweepFiles;

namespace Distributed.Client.Tests.SweepFiles;

/// <summary>Every file of the gallery is wrong in some way; beside it stands what the user is told.</summary>
public sealed class SweepFileErrorTests
{
    private static readonly string Gallery = Path.Combine(Expected.Folder(), "Gallery");

    public static TheoryData<string> Files() => [.. Directory.EnumerateFiles(Gallery, "*.yaml").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_wrong_file_is_told_with_place_line_and_remedy(string file)
    {
        string text = File.ReadAllText(Path.Combine(Gallery, file));

        var error = Assert.Throws<InvalidSweepFileException>(() => Texts.Parse(text, file));

        Expected.Matches(error.Message, Path.Combine(Gallery, Path.ChangeExtension(file, ".txt")));
        Assert.All(error.Problems, problem => Assert.Contains(problem.Remedy[^1], ".?"));
    }

    [Fact]
    public void A_missing_file_names_itself_and_the_remedy()
    {
        var error = Assert.Throws<InvalidInputException>(() => SweepFile.Read("no/such.yaml", new()));
        Assert.Equal("no/such.yaml: there is no such file. Give the path of a sweep file; client/examples holds some.", error.Message);
    }

    [Fact]
    public void A_folder_is_no_sweep_file()
    {
        var error = Assert.Throws<InvalidInputException>(() => SweepFile.Read(AppContext.BaseDirectory, new()));
        Assert.Equal("it is a folder", error.Found);
    }

    [Fact]
    public void Bytes_that_are_not_text_are_told()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, [(byte)'a', 0xc3, 0x28]);
            Assert.Equal("it is not UTF-8 text", Assert.Throws<InvalidInputException>(() => SweepFile.Read(file, new())).Found);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
