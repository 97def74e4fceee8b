using Plotly.Blazor;
using Plotly.Blazor.Traces;
using Gl = Plotly.Blazor.Traces.ScatterGlLib;
using Svg = Plotly.Blazor.Traces.ScatterLib;

namespace Distributed.Dashboard;

/// <summary>Traces in the pages' style.</summary>
internal static class Marks
{
    /// <summary>Above so many points WebGL draws them; below, sharper SVG.</summary>
    private const int ManyPoints = 1500;

    /// <summary>A point for each item; a click opens the address under it.</summary>
    public static ITrace Points<T>(string label, TrialLook look, IReadOnlyList<T> items, Func<T, object> x, Func<T, object> y, Func<T, string> hover, Func<T, string> address)
    {
        IList<object> xs = [.. items.Select(x)], ys = [.. items.Select(y)], links = [.. items.Select(address)];
        IList<string> texts = [.. items.Select(hover)];
        return items.Count > ManyPoints
            ? new ScatterGl
            {
                Name = label,
                X = xs,
                Y = ys,
                CustomData = links,
                HoverTextArray = texts,
                HoverTemplate = "%{hovertext}<extra></extra>",
                Mode = Gl.ModeFlag.Markers,
                Marker = new() { Color = look.Color, Size = look.Size, Symbol = Symbol<Gl.MarkerLib.SymbolEnum>(look.Symbol), Line = new() { Width = 1, Color = look.Edge ?? look.Color } },
            }
            : new Scatter
            {
                Name = label,
                X = xs,
                Y = ys,
                CustomData = links,
                HoverTextArray = texts,
                HoverTemplate = "%{hovertext}<extra></extra>",
                Mode = Svg.ModeFlag.Markers,
                Marker = new() { Color = look.Color, Size = look.Size, Symbol = Symbol<Svg.MarkerLib.SymbolEnum>(look.Symbol), Line = new() { Width = 1.5m, Color = look.Edge ?? look.Color } },
            };
    }

    /// <summary>A line; steps keep the last value until the next.</summary>
    public static ITrace Line(string label, string color, IEnumerable<object> x, IEnumerable<object> y, bool steps = false, string? hover = null) => new Scatter
    {
        Name = label,
        X = [.. x],
        Y = [.. y],
        Mode = Svg.ModeFlag.Lines,
        Line = new() { Color = color, Width = 2, Shape = steps ? Svg.LineLib.ShapeEnum.Hv : Svg.LineLib.ShapeEnum.Linear },
        HoverTemplate = hover,
        HoverInfo = hover is null ? Svg.HoverInfoFlag.Skip : null,
    };

    /// <summary>"x-thin-open" as the library's enumeration has it: XThinOpen.</summary>
    private static T Symbol<T>(string name) where T : struct, Enum =>
        Enum.Parse<T>(string.Concat(name.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..])), ignoreCase: true);
}
