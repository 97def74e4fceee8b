namespace Distributed.Contracts;

/// <summary>A silo as the cluster sees it.</summary>
/// <param name="Report">What it told last.</param>
/// <param name="Heard">When it told it.</param>
/// <param name="IsSilent">Whether it has missed its time to report: dead, hung or cut off.</param>
[GenerateSerializer, Immutable, Alias("silo-view.v1")]
public sealed record SiloView(
    [property: Id(0)] SiloReport Report, [property: Id(1)] DateTimeOffset Heard, [property: Id(2)] bool IsSilent);
