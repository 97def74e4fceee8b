namespace Distributed.Client.SweepFiles.Sections;

/// <summary>Who is told of what happens.</summary>
internal static class NotifySection
{
    public static NotifySpec? Read(Section root)
    {
        if (root.Open("notify", Vocabulary.Notify) is not { } section) return null;
        if (section.Require("url", "Add 'url: https://host/path'.") is not { } node || section.TextOf(node, section.PathOf("url")) is not { } url) return null;
        NotifySpec notify = new() { Url = url, SecretEnv = section.Text("secret-env") };
        if (section.Find("events") is { } events) notify = notify with { Events = Events(section, events) };
        if (section.Problems.Any) return notify;
        foreach (var (key, found, remedy) in NotifyFaults.Of(notify)) section.Problems.Add(section.Find(key)!.Span, $"'{section.PathOf(key)}': {found}", remedy);
        return notify;
    }

    private static List<NotifyEvent> Events(Section section, YamlNode node)
    {
        if (node is not YamlNode.List list)
        {
            section.Problems.Add(node.Span, $"'{section.PathOf("events")}' is {node.Kind}, not a list", $"Write a list: [{string.Join(", ", Vocabulary.NotifyEvents)}].");
            return [];
        }

        List<NotifyEvent> events = [];
        foreach (var item in list.Items)
        {
            if (section.TextOf(item, section.PathOf("events")) is not { } name) continue;
            if (Vocabulary.NotifyEvents.Contains(name)) events.Add(Vocabulary.Named<NotifyEvent>(name));
            else section.Problems.Add(item.Span, $"'{name}' is no event", Spelling.Remedy(name, Vocabulary.NotifyEvents));
        }

        return events;
    }
}
