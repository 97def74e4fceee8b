using Distributed.Contracts;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace Distributed.Grains;

/// <summary>Leaves out the silos whose metadata say that they only work, and those of which nothing is known yet.</summary>
/// <remarks>Where no silo has metadata (one machine, tests) every silo controls.</remarks>
internal sealed class OnControlSilosDirector(IServiceProvider services) : IPlacementFilterDirector
{
    private readonly ISiloMetadataCache? _metadata = services.GetService(typeof(ISiloMetadataCache)) as ISiloMetadataCache;

    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos) =>
        _metadata is null ? silos : silos.Where(IsControl);

    private bool IsControl(SiloAddress silo) =>
        _metadata!.GetSiloMetadata(silo).Metadata.TryGetValue(SiloMetadataKeys.Role, out string? role) && role != nameof(SiloRole.Worker);
}
