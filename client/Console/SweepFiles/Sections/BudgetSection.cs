namespace Distributed.Client.SweepFiles.Sections;

/// <summary>When the sweep ends.</summary>
internal static class BudgetSection
{
    public static BudgetSpec? Read(Section root)
    {
        if (root.Require("budget", "Add 'budget: { trials: 24 }'; 'time' and 'epochs' are limits too.") is not { } node
            || Section.Open(node, "budget", Vocabulary.Budget, root.Problems) is not { } section) return null;
        if (Vocabulary.Budget.All(key => section.Find(key) is null))
            section.Problems.Add(node.Span, "'budget' has no limit", "Give 'trials', 'time', 'epochs' or 'stagnation'; the first that is reached ends the sweep.");
        return new()
        {
            Trials = section.Whole("trials", new(1, 100_000)),
            Time = section.Text("time") is { } text ? Time(section, text) : null,
            Epochs = section.Number("epochs", Limits.Positive),
            Stagnation = section.Open("stagnation", Vocabulary.Stagnation) is { } stagnation ? Stagnation(stagnation, new()) : null,
        };
    }

    private static StagnationSpec Stagnation(Section section, StagnationSpec defaults) => new(
        section.Number("gain", new(0, 1, LowOpen: true, HighOpen: true)) ?? defaults.Gain,
        section.Whole("trials", new(1, 100_000)) ?? defaults.Trials);

    private static TimeSpan? Time(Section section, string text)
    {
        if (Duration.Parse(text) is { } time && time > TimeSpan.Zero) return time;
        section.Problems.Add(section.Find("time")!.Span, $"'{text}' is not a time", "Write hours, minutes and seconds: 90s, 4m, 1h30m.");
        return null;
    }
}
