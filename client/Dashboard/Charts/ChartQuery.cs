namespace Distributed.Dashboard;

/// <summary>What was chosen about a chart. What was not chosen has its default.</summary>
/// <param name="Chosen">Option and value, in ordinal order.</param>
public sealed record ChartQuery(IReadOnlyList<KeyValuePair<string, string>> Chosen)
{
    /// <summary>Nothing chosen.</summary>
    public static ChartQuery Default { get; } = new([]);

    /// <summary>The value of an option.</summary>
    public string Of(ChartOption option) => Chosen.FirstOrDefault(pair => pair.Key == option.Key).Value is { } value && option.Choices.Contains(value) ? value : option.Choices[0];

    /// <summary>Whether a switch is on.</summary>
    public bool IsOn(string key) => Chosen.Any(pair => pair.Key == key && pair.Value == "on");

    /// <summary>The same with one option chosen.</summary>
    public ChartQuery With(string key, string value) =>
        new([.. Chosen.Where(pair => pair.Key != key).Append(new(key, value)).OrderBy(pair => pair.Key, StringComparer.Ordinal)]);

    /// <summary>"&amp;log=on", to be put behind an address that has a query.</summary>
    public string ToQuery() => string.Concat(Chosen.Select(pair => $"&{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
}
