using Plotly.Blazor;

namespace Distributed.Dashboard;

/// <summary>A picture as plotly.js draws it. Colours may be names of the pages' own ("var(--front)"): the browser puts in those of the theme.</summary>
/// <param name="Data">The traces.</param>
/// <param name="Layout">Axes, shapes, annotations; what is the same in all charts is added by the browser.</param>
public sealed record Figure(IReadOnlyList<ITrace> Data, Layout Layout);
