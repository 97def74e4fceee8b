using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Client.Rendering;

/// <summary>`model inspect`.</summary>
internal static class InspectionPage
{
    private const int MembersShown = 4;

    /// <param name="model">What was found in the file.</param>
    public static IRenderable Of(ModelInspection model)
    {
        var facts = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        facts.AddRow("file", Markup.Escape($"{model.File} ({Quantity.Size(model.Bytes)}, opset {model.Opset})"));
        facts.AddRow("input", Markup.Escape($"{model.Input.Name}: {model.Input.Shape}"));
        facts.AddRow("output", Markup.Escape($"{model.Output.Name}: {model.Output.Shape}"));
        facts.AddRow("total", $"{Quantity.Count(model.Macs)} MACs, {Quantity.Count(model.Parameters)} parameters, {model.Families.Count} prunable families{(model.Branches.Count == 0 ? "" : $", {model.Branches.Count} residual branches")}");
        if (model.Quantum is { } quantum) facts.AddRow("quantum", $"{quantum} channels: the block in which this host's runtime works");
        List<IRenderable> parts = [facts, Layers(model), Families(model)];
        if (model.Branches.Count > 0) parts.Add(Branches(model));
        return new Rows(parts);
    }

    private static Table Layers(ModelInspection model)
    {
        var table = new Table().RoundedBorder().AddColumns("layer", "operator", "output");
        table.AddColumn(new TableColumn("MACs").RightAligned()).AddColumn(new TableColumn("params").RightAligned()).AddColumn("prunable");
        foreach (var layer in model.Layers)
            table.AddRow(
                new Text(layer.Name),
                new Text(layer.Operator),
                new Text(layer.Shape),
                new Text(layer.Macs == 0 ? "" : Quantity.Count(layer.Macs)),
                new Text(layer.Parameters == 0 ? "" : Quantity.Count(layer.Parameters)),
                Prunable(layer));
        return table;
    }

    private static Text Prunable(InspectedLayer layer) => layer switch
    {
        { Family: { } family, Pinned: { } reason } => new($"{family}; in part pinned: {reason}", new Style(Color.Green)),
        { Family: { } family } => new(family, new Style(Color.Green)),
        { Pinned: { } reason } => new($"pinned: {reason}", new Style(Color.Yellow)),
        _ => new(""),
    };

    private static Table Families(ModelInspection model)
    {
        var table = new Table().RoundedBorder().AddColumn("family").AddColumn(new TableColumn("width").RightAligned()).AddColumn("layers");
        bool choice = model.Families.Any(family => family.Closure is not null);
        if (choice) table.AddColumn("closure");
        foreach (var family in model.Families)
        {
            string more = family.Members.Count > MembersShown ? $" and {family.Members.Count - MembersShown} more" : "";
            Text[] cells = [new(family.Name), new($"{family.Width}"), new(string.Join(", ", family.Members.Take(MembersShown)) + more)];
            table.AddRow(choice ? [.. cells, new Text(family.Closure ?? "both")] : cells);
        }

        return table;
    }

    /// <summary>What "depth-ratio" chooses from.</summary>
    private static Table Branches(ModelInspection model)
    {
        var table = new Table().RoundedBorder().AddColumns("residual branch", "its shortcut").AddColumn(new TableColumn("nodes").RightAligned());
        table.AddColumn(new TableColumn("MACs").RightAligned()).AddColumn(new TableColumn("params").RightAligned());
        foreach (var branch in model.Branches)
            table.AddRow(new Text(branch.Name), new Text(branch.Shortcut), new Text($"{branch.Nodes}"), new Text(Quantity.Count(branch.Macs)), new Text(Quantity.Count(branch.Parameters)));
        return table;
    }
}
