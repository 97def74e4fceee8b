using System.Diagnostics;
using Distributed.Contracts;

namespace Distributed.Grains;

internal sealed partial class SweepGrain
{
    private SweepSummary? _announced;
    private SweepSummary? _announce;
    private bool _unannounced;

    /// <summary>Tells the catalogue, one call at a time: what is superseded meanwhile is never sent.</summary>
    private void Announce(SweepSummary summary)
    {
        bool announcing = _announce is not null;
        if (!Journal.Exists || (!announcing && summary == _announced)) return;
        _announce = summary;
        if (!announcing) _ = AnnounceAll();
    }

    private async Task AnnounceAll()
    {
        Activity.Current = null;
        while (_announce is { } summary)
        {
            try
            {
                await GrainFactory.GetGrain<ICatalogGrain>(ICatalogGrain.Key).Announce(summary);
                _announced = summary;
            }
            catch (Exception e)
            {
                // Whatever it was, a catalogue that cannot be opened included: nobody awaits this, and the next tick announces again.
                // What the catalogue knows is unknown: it may have read the log meanwhile, so that even what was announced before is news.
                LogUnannounced(e, _id);
                (_announced, _unannounced) = (null, true);
            }

            if (ReferenceEquals(_announce, summary)) _announce = null;
        }
    }
}
