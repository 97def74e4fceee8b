using Distributed.Artifacts;
using Distributed.Membership;

namespace Distributed.Client.Sessions;

/// <summary>Which cluster a command speaks to, if any. Decided once, when the command line is known.</summary>
internal sealed class ClusterChoice
{
    /// <summary>As a value of --cluster: none, whatever the environment says.</summary>
    public const string None = "none";

    /// <summary>The cluster, or null for this machine.</summary>
    public ClusterSettings? Cluster { get; private set; }

    /// <summary>The cluster's store, or null when the settings do not tell it.</summary>
    public StoreAddress? Store { get; private set; }

    /// <summary>Reads the settings: those of a file or gateways that were given, else those of the environment and of appsettings.json.</summary>
    /// <param name="given">A JSON file, HOST:PORT of gateways, "none", or null.</param>
    /// <param name="wait">How long to try again what cannot be reached, or null for the settings' choice.</param>
    /// <exception cref="InvalidInputException">A setting cannot be used.</exception>
    public void Choose(string? given, string? wait)
    {
        if (given == None) return;
        bool file = given is not null && (given.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || File.Exists(given));
        List<string> overrides = [];
        if (wait is not null) overrides.Add($"Cluster:Wait={wait}");
        if (given is not null && !file) overrides.Add($"Cluster:Gateways={given}");
        var settings = SettingSources.Read(file ? given : null, overrides);
        var cluster = ClusterSettings.Read(settings);
        if (!cluster.IsCluster)
        {
            if (given is not null) throw new InvalidInputException(given, "it names no cluster", "Set Distributed:Cluster:Membership or Distributed:Cluster:Gateways there.");
            return;
        }

        Cluster = cluster;
        Store = settings.Text("Store") is { } store ? StoreAddress.Parse(store) : null;
    }
}
