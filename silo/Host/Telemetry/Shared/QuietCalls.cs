using System.Diagnostics;
using OpenTelemetry;

namespace Distributed.Telemetry;

/// <summary>Keeps calls out of the traces that nobody looks for: those that begin a trace of their own, and the items of streamed results.</summary>
/// <remarks>
/// Slots ask for work four times a second and tell of life every three; watchers fetch item by item. What is not recorded at its start is not
/// recorded further down either, in whichever process. Calls made for something that is traced (a launch, a commit) stay.
/// </remarks>
internal sealed class QuietCalls : BaseProcessor<Activity>
{
    private const string Orleans = "Microsoft.Orleans";
    private const string Streaming = "AsyncEnumerable";

    public override void OnStart(Activity data)
    {
        if (!data.Source.Name.StartsWith(Orleans, StringComparison.Ordinal)) return;
        if (data.ParentSpanId != default && !data.DisplayName.Contains(Streaming, StringComparison.Ordinal)) return;
        data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        data.IsAllDataRequested = false;
    }
}
