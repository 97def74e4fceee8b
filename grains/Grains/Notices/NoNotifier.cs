namespace Distributed.Grains;

/// <summary>For silos that tell nobody; a notification stays due until a silo that can sends it.</summary>
internal sealed class NoNotifier : INotifier
{
    /// <inheritdoc/>
    public Task<bool> Deliver(NotifySpec to, Notification notification, CancellationToken cancellation) => Task.FromResult(false);
}
