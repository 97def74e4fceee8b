using Microsoft.AspNetCore.Components;

namespace Distributed.Dashboard.Components.Pages;

/// <summary>A page about one sweep: holds its feed while it is open and is drawn again with every picture.</summary>
public abstract class SweepViewer : ComponentBase, IDisposable
{
    private FeedHandle? _handle;
    private bool _gone;

    /// <summary>The feeds.</summary>
    [Inject] protected SweepFeeds Feeds { get; set; } = null!;

    /// <summary>The clock.</summary>
    [Inject] protected TimeProvider Time { get; set; } = null!;

    /// <summary>The sweep's name as the address has it.</summary>
    [Parameter] public string Name { get; set; } = "";

    /// <summary>The newest picture; null when no sweep can have such a name.</summary>
    protected SweepView? View => _handle?.Feed.View;

    /// <summary>Whether the address names no sweep.</summary>
    protected bool IsUnknown => _handle is null || View!.Connection == FeedConnection.Unknown;

    /// <inheritdoc/>
    protected override void OnParametersSet() => Look();

    /// <summary>Opens the feed of the sweep that <see cref="Name"/> names, unless it is open.</summary>
    protected void Look()
    {
        if (_handle?.Feed.Name.Value == Name) return;
        Leave();
        if (PageNames.Sweep(Name) is not { } sweep) return;
        _handle = Feeds.Open(sweep);
        _handle.Feed.Changed += Redraw;
    }

    /// <summary>Looks away.</summary>
    public void Dispose()
    {
        _gone = true;
        Leave();
        GC.SuppressFinalize(this);
    }

    private void Leave()
    {
        if (_handle is not { } handle) return;
        handle.Feed.Changed -= Redraw;
        handle.Dispose();
        _handle = null;
    }

    private void Redraw() => _ = InvokeAsync(() =>
    {
        if (!_gone) StateHasChanged();
    });
}
