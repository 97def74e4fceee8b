namespace Distributed.Client.SweepFiles.Sections;

/// <summary>The sweep's name: given, or the file's.</summary>
internal static class NameSection
{
    public static SweepId? Read(Section root, SweepFileContext context)
    {
        var node = root.Find("name");
        string? name = node is null ? Path.GetFileNameWithoutExtension(context.File).ToLowerInvariant() : root.TextOf(node, "name");
        if (name is null) return null;
        try
        {
            return new SweepId(name);
        }
        catch (InvalidInputException error)
        {
            if (node is not null) root.Problems.Add(node.Span, error.Found, error.Remedy);
            else root.Problems.Add(root.Span, $"the file's name, '{name}', is not a sweep name", $"Give one by 'name:'. {error.Remedy}");
            return null;
        }
    }
}
