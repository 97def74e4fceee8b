namespace Distributed.Grains;

/// <summary>What silos tell each other of themselves when they join.</summary>
public static class SiloMetadataKeys
{
    /// <summary>The silo's role, a name of <see cref="Contracts.SiloRole"/>.</summary>
    public const string Role = "role";

    /// <summary>Its device class: "cpu", "cuda", or "none".</summary>
    public const string Device = "device";

    /// <summary>Memory of its devices in bytes.</summary>
    public const string Memory = "memory";
}
