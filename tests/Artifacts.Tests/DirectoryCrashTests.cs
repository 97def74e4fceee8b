using Distributed.Testing;

namespace Distributed.Artifacts.Tests;

public sealed class DirectoryCrashTests : StoreCrashConformance, IDisposable
{
    private readonly List<TemporaryFolder> _folders = [];

    public void Dispose()
    {
        foreach (var folder in _folders) folder.Dispose();
    }

    protected override Task<Place> DyingAt(int step)
    {
        TemporaryFolder folder = new();
        _folders.Add(folder);
        DyingDisk disk = new(step);
        return Task.FromResult(new Place(On(folder, disk), On(folder, new DyingDisk(int.MaxValue)), () => disk.HasDied));
    }

    private static Stores On(TemporaryFolder folder, Disk disk)
    {
        DirectoryLayout layout = new(folder.Path);
        return new(new DirectoryArtifactStore(layout, disk), new DirectorySweepLogStore(layout, TimeProvider.System, disk, new(SegmentRecords: 4)));
    }
}
