namespace Distributed.EndToEnd.Tests.Pages;

/// <summary>Two real sweeps that have ended on a silo that still runs, and a dashboard: made once for all that look at them.</summary>
public sealed class FinishedSweeps : IAsyncLifetime
{
    /// <summary>Candidates of each.</summary>
    public const int Trials = 4;

    private ServedStore? _store;

    /// <summary>The first sweep.</summary>
    public const string First = "small";

    /// <summary>The second: other seeds.</summary>
    public const string Second = "other";

    /// <summary>Where the dashboard is; ends in a slash.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The folder in which commands find the store.</summary>
    internal string Folder => _store!.Folder;

    public async ValueTask InitializeAsync()
    {
        _store = await ServedStore.Start();
        foreach (var (name, seed) in new[] { (First, 1), (Second, 2) })
        {
            string file = Path.Combine(_store.Folder, $"{name}.yaml");
            string text = SweepFiles.Shapes(Trials, seed).Replace("name: small", $"name: {name}", StringComparison.Ordinal);
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
            await Command("sweep", "launch", file);
            await Command("sweep", "watch", name, "--json");
        }

        Address = await _store.StartDashboard();
    }

    public ValueTask DisposeAsync()
    {
        _store?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Command(params string[] arguments)
    {
        var (code, _, error) = await ConsoleProcess.Run(_store!.Folder, arguments);
        Assert.True(code == 0, error);
    }
}
