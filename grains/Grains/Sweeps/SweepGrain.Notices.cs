using Distributed.Contracts;

namespace Distributed.Grains;

internal sealed partial class SweepGrain
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly HashSet<(long Position, NotifyEvent Event)> _sending = [];

    /// <summary>
    /// Follows what is durable and sends what the log says is due, each notification by itself: one that hangs holds up no other, and
    /// nothing else of the sweep. What a webhook took is recorded, so that the next activation does not send it again.
    /// </summary>
    private async Task FollowNotices()
    {
        var plan = Journal.Notices;
        while (_unusable is null && Journal.Broken is null && !_leaving.IsCancellationRequested && !plan.IsSilent)
        {
            var changed = Journal.Changed;
            foreach (var (key, notification) in plan.Due)
            {
                if (_sending.Add(key)) _ = Send(plan.To!, key, notification);
            }

            await changed.WaitAsync(_leaving.Token).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Send(NotifySpec to, (long Position, NotifyEvent Event) key, Notification notification)
    {
        var leaving = _leaving.Token;
        try
        {
            if (!await Task.Run(() => _around.Notifier.Deliver(to, notification, leaving), leaving)) return;
            Usable();
            Journal.Append(new SweepRecord.Notified(key.Position, key.Event));
            await Journal.Durable;
        }
        catch (Exception e) when (e is OperationCanceledException or SweepUnavailableException or InvalidInputException)
        {
            // It is not known to be recorded: the next activation sends it again.
        }
    }
}
