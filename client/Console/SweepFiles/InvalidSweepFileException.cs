using System.Text;

namespace Distributed.Client.SweepFiles;

/// <summary>A sweep file cannot be used. The message shows every problem with the user's own line.</summary>
/// <param name="file">The file as the user named it.</param>
/// <param name="text">Its text.</param>
/// <param name="problems">At least one.</param>
internal sealed class InvalidSweepFileException(string file, string text, IReadOnlyList<Problem> problems)
    : Exception(Describe(file, text, problems))
{
    private const int WidestLine = 110;

    /// <summary>What is wrong, in the order of the file.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;

    private static string Describe(string file, string text, IReadOnlyList<Problem> problems)
    {
        string[] lines = text.Split('\n');
        StringBuilder message = new();
        foreach (var problem in problems)
        {
            if (message.Length > 0) message.Append("\n\n");
            Append(message, file, problem, lines);
        }

        return message.ToString();
    }

    private static void Append(StringBuilder message, string file, Problem problem, string[] lines)
    {
        var (number, column, length) = problem.Span;
        message.Append(Invariant($"{file}:{number}:{column}: {problem.Found}"));
        if (number <= lines.Length)
        {
            string line = lines[number - 1].TrimEnd('\r').Replace('\t', ' ');
            int offset = Math.Clamp(column - 1, 0, line.Length);
            int cut = Math.Max(0, offset - (WidestLine / 2));
            string shown = line[cut..Math.Min(line.Length, cut + WidestLine)];
            int carets = Math.Clamp(length, 1, Math.Max(1, shown.Length - (offset - cut)));
            string margin = new(' ', number.ToString().Length);
            message.Append(Invariant($"\n  {number} | {shown}\n  {margin} | {new string(' ', offset - cut)}{new string('^', carets)}"));
        }

        message.Append(Invariant($"\n  {problem.Remedy}"));
    }
}
