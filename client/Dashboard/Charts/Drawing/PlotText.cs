using System.Runtime.CompilerServices;

namespace Distributed.Dashboard;

/// <summary>Text in pictures. plotly.js reads a little HTML in it, so what comes from outside is escaped.</summary>
public static class PlotText
{
    private static readonly ConditionalWeakTable<TrialState, Said> Known = [];

    private sealed record Said(TrialKind Kind, string Text);

    /// <summary>Text that is shown as it is.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>What is shown beside the pointer at a trial.</summary>
    public static string Hover(SweepView view, TrialPoint point)
    {
        if (point.Trial.Measurement is null) return Written(view, point);
        // A measured trial says the same in every chart, until it joins or leaves the front.
        if (Known.TryGetValue(point.Trial, out var known) && known.Kind == point.Kind) return known.Text;
        Said said = new(point.Kind, Written(view, point));
        Known.AddOrUpdate(point.Trial, said);
        return said.Text;
    }

    private static string Written(SweepView view, TrialPoint point)
    {
        var trial = point.Trial;
        var objectives = view.Spec?.Objectives ?? [];
        var values = objectives.Select(objective => $"{Escape(Quantity.Name(objective.Metric))}: {Quantity.Of(objective.Metric, TrialPoints.Value(view, trial, objective.Metric))}{(trial.Measurement is null ? " (expected or so far)" : "")}");
        return string.Join("<br>", values
            .Prepend($"<b>{(trial.Id.IsDense ? "Dense model" : Invariant($"Trial {trial.Id}"))}</b> · {TrialLook.Of(point.Kind).Label}")
            .Concat(Wrapped(CandidateText.Of(trial, view.Profile))));
    }

    private static IEnumerable<string> Wrapped(string text)
    {
        const int Wide = 52;
        string line = "";
        foreach (string part in text.Split(" · "))
        {
            if (line.Length > 0 && line.Length + part.Length > Wide)
            {
                yield return Escape(line);
                line = "";
            }

            line += line.Length == 0 ? part : $" · {part}";
        }

        if (line.Length > 0) yield return Escape(line);
    }
}
