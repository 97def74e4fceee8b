namespace Distributed.Client.Rendering;

/// <summary>One point of a plot.</summary>
/// <param name="X">Across.</param>
/// <param name="Y">Up.</param>
/// <param name="Mark">Its character; of points in one cell the later one is seen.</param>
internal readonly record struct ScatterPoint(double X, double Y, char Mark);

/// <summary>A scatter plot in characters, with axes.</summary>
internal static class ScatterText
{
    private const int LabelWidth = 8;
    private const int TickEvery = 4;

    /// <summary>The lines of the plot, all of the same width or shorter.</summary>
    /// <param name="points">At least one; later ones are drawn over earlier ones.</param>
    /// <param name="width">Columns of the plot itself.</param>
    /// <param name="height">Rows of the plot itself.</param>
    /// <param name="x">Formats a value of the horizontal axis.</param>
    /// <param name="y">Formats a value of the vertical axis.</param>
    /// <param name="most">The most that a value of the vertical axis can be.</param>
    public static IReadOnlyList<string> Draw(
        IReadOnlyList<ScatterPoint> points, int width, int height, Func<double, string> x, Func<double, string> y, double most = double.PositiveInfinity)
    {
        var (left, right) = Range(points.Select(point => point.X));
        var (bottom, top) = Range(points.Select(point => point.Y), most);
        char[][] cells = [.. Enumerable.Range(0, height).Select(_ => Enumerable.Repeat(' ', width).ToArray())];
        foreach (var point in points)
            cells[height - 1 - Cell(point.Y, bottom, top, height)][Cell(point.X, left, right, width)] = point.Mark;
        List<string> lines = [];
        for (int row = 0; row < height; row++)
        {
            bool tick = (height - 1 - row) % TickEvery == 0;
            string label = tick ? y(bottom + ((top - bottom) * (height - 1 - row) / (height - 1))) : "";
            lines.Add($"{label,LabelWidth} {(tick ? '┤' : '│')}{new string(cells[row]).TrimEnd()}");
        }

        lines.Add($"{"",LabelWidth} └{new string('─', width)}");
        lines.Add(XLabels(left, right, width, x));
        return lines;
    }

    private static string XLabels(double left, double right, int width, Func<double, string> x)
    {
        string first = x(left);
        string middle = x((left + right) / 2);
        string last = x(right);
        int centre = (width / 2) - (middle.Length / 2);
        return $"{"",LabelWidth}  {first}{middle.PadLeft(centre - first.Length + middle.Length)}{last.PadLeft(width - centre - middle.Length)}";
    }

    private static int Cell(double value, double low, double high, int cells) =>
        Math.Clamp((int)Math.Round((value - low) / (high - low) * (cells - 1)), 0, cells - 1);

    /// <summary>The values' range with a margin of a twentieth, not beyond what they can be: nothing here is below 0. A single value gets a range around it.</summary>
    private static (double Low, double High) Range(IEnumerable<double> values, double most = double.PositiveInfinity)
    {
        var all = values.ToList();
        double low = all.Min();
        double high = all.Max();
        double margin = high > low ? (high - low) / 20 : Math.Max(Math.Abs(low) / 20, 1e-3);
        return (low >= 0 ? Math.Max(0, low - margin) : low - margin, high <= most ? Math.Min(most, high + margin) : high + margin);
    }
}
