namespace Distributed.Dashboard;

/// <summary>Colour scales that are even to the eye and told apart by colour-blind people.</summary>
internal static class Gradient
{
    /// <summary>For lines on the page itself: from what is pale there to the front's colour, which is the better end.</summary>
    public static object OfLines(Direction direction) => direction == Direction.Maximize
        ? new object[] { new object[] { 0, "var(--pale)" }, new object[] { 1, "var(--front)" } }
        : new object[] { new object[] { 0, "var(--front)" }, new object[] { 1, "var(--pale)" } };

    /// <summary>Cividis; its bright end is the better one.</summary>
    public static object Of(Direction direction)
    {
        string[] colors = ["#00224e", "#35456c", "#666970", "#948e77", "#c8b866", "#fee838"];
        if (direction == Direction.Minimize) Array.Reverse(colors);
        return colors.Select((color, i) => new object[] { i / (double)(colors.Length - 1), color }).ToArray();
    }
}
