namespace Distributed.Contracts;

/// <summary>What a silo is there for.</summary>
[GenerateSerializer, Alias("silo-role.v1")]
public enum SiloRole
{
    /// <summary>Both: grains live here, clients connect here, trials run here. One machine.</summary>
    All,

    /// <summary>Grains live here and clients connect here; no trial runs here.</summary>
    Control,

    /// <summary>Trials run here; no grain lives here and no client connects.</summary>
    Worker,
}
