namespace Distributed.Dashboard;

/// <summary>One kind of picture of a sweep: a pure function. A new one is a file here and a line in <see cref="ChartCatalog"/>.</summary>
public interface IChart
{
    /// <summary>Its name in addresses: "front".</summary>
    string Name { get; }

    /// <summary>Its heading.</summary>
    string Title { get; }

    /// <summary>One sentence: what is to be seen.</summary>
    string Caption { get; }

    /// <summary>How much of a row it takes.</summary>
    ChartSize Size => ChartSize.Half;

    /// <summary>Whether it shows running trials' reports, or else only what is recorded.</summary>
    bool IsLive => false;

    /// <summary>What can be chosen.</summary>
    IReadOnlyList<ChartOption> Options(SweepView view) => [];

    /// <summary>Draws it.</summary>
    /// <returns>Null when there is nothing to draw yet.</returns>
    Figure? Draw(SweepView view, ChartQuery query);
}

/// <summary>Something that can be chosen about a chart.</summary>
/// <param name="Key">Its name in the address.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Choices">The values; the first is the default. Just "off" and "on" make a switch.</param>
public sealed record ChartOption(string Key, string Label, IReadOnlyList<string> Choices)
{
    /// <summary>Something that is on or off; off unless switched on.</summary>
    public static ChartOption Switch(string key, string label) => new(key, label, ["off", "on"]);

    /// <summary>Whether it is a switch.</summary>
    public bool IsSwitch => Choices is ["off", "on"];
}
