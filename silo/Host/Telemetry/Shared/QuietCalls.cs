using System.Diagnostics;
using OpenTelemetry;

namespace Distributed.Telemetry;

/// <summary>Keeps calls out of the traces that nobody looks for: those that begin a trace of their own, those between grains, and the items of streamed results.</summary>
/// <remarks>
/// Slots ask for work four times a second and tell of life every three; watchers fetch item by item. What is not recorded at its start is not
/// recorded further down either, in whichever process. Calls made for something that is traced (a launch, a commit) stay.
/// </remarks>
internal sealed class QuietCalls : BaseProcessor<Activity>
{
    private const string Orleans = "Microsoft.Orleans";
    private static readonly string[] Inner = ["AsyncEnumerable", "IOptimizerGrain/Observe", "ICatalogGrain/"];

    public override void OnStart(Activity data)
    {
        if (!data.Source.Name.StartsWith(Orleans, StringComparison.Ordinal)) return;
        if (data.ParentSpanId != default && !Inner.Any(name => data.DisplayName.Contains(name, StringComparison.Ordinal))) return;
        data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        data.IsAllDataRequested = false;
    }
}
