using System.Text.Json;
using Distributed.Sweeps;

namespace Distributed.Compression.Measuring;

/// <summary>Timed surfaces of one host class in one JSON file. What cannot be read counts as absent and is timed anew.</summary>
/// <remarks>
/// Not thread safe; several processes may use one file. Each addition holds a lock beside it, adds to what the file holds by then and replaces it
/// at once; what is there already stays, and whoever comes second takes it: all processes predict by the same numbers.
/// </remarks>
internal sealed class SurfaceStore(string folder, HostClass host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly string _path = Path.Combine(folder, $"latency-3-{host.Id}.json");

    private sealed record Content(string Host, IReadOnlyList<Entry> Entries, IReadOnlyList<AnchorEntry> Anchors, IReadOnlyList<DenseEntry>? Models = null);

    private sealed record Entry(int BatchSize, int Threads, LatencySurface Surface);

    private sealed record AnchorEntry(int BatchSize, int Threads, double Milliseconds);

    private sealed record DenseEntry(int BatchSize, int Threads, string Sha256, double Milliseconds);

    /// <summary>A surface with exactly these widths, or null.</summary>
    public LatencySurface? Find(string key, IReadOnlyList<int> inputs, IReadOnlyList<int> outputs, LatencySpec spec) =>
        Read().Entries.FirstOrDefault(entry => Same(entry, spec, key, inputs, outputs))?.Surface;

    /// <summary>Keeps a surface; one of the same key and widths that is there already stays.</summary>
    /// <returns>The one that is kept.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public LatencySurface Add(LatencySurface surface, LatencySpec spec)
    {
        using var alone = Lock();
        var content = Read();
        if (content.Entries.FirstOrDefault(entry => Same(entry, spec, surface.Key, surface.Inputs, surface.Outputs)) is { } known) return known.Surface;
        Write(content with { Entries = [.. content.Entries, new(spec.BatchSize, spec.Threads, surface)] });
        return surface;
    }

    /// <summary>The anchor's first time, to which all others are scaled; the one given where there is none.</summary>
    public double Anchor(LatencySpec spec, double milliseconds)
    {
        using var alone = Lock();
        var content = Read();
        if (content.Anchors.FirstOrDefault(entry => (entry.BatchSize, entry.Threads) == (spec.BatchSize, spec.Threads)) is { } known) return known.Milliseconds;
        Write(content with { Anchors = [.. content.Anchors, new(spec.BatchSize, spec.Threads, milliseconds)] });
        return milliseconds;
    }

    /// <summary>The first time that was kept of a dense model, by its file's SHA-256; the one given where there is none.</summary>
    /// <remarks>A sweep that is run again predicts by the same numbers, and so proposes the same candidates.</remarks>
    public double Dense(string sha256, LatencySpec spec, double milliseconds)
    {
        using var alone = Lock();
        var content = Read();
        var known = content.Models?.FirstOrDefault(entry => (entry.BatchSize, entry.Threads, entry.Sha256) == (spec.BatchSize, spec.Threads, sha256));
        if (known is not null) return known.Milliseconds;
        Write(content with { Models = [.. content.Models ?? [], new(spec.BatchSize, spec.Threads, sha256, milliseconds)] });
        return milliseconds;
    }

    /// <summary>The first ratio that was measured of two files, by the SHA-256 of both; the one measured now where there is none.</summary>
    public double Calibration(string sha256, LatencySpec spec, Func<double> measure)
    {
        string key = $"ratio {sha256}";
        var known = Read().Models?.FirstOrDefault(entry => (entry.BatchSize, entry.Threads, entry.Sha256) == (spec.BatchSize, spec.Threads, key));
        return known?.Milliseconds ?? Dense(key, spec, measure());
    }

    private static bool Same(Entry entry, LatencySpec spec, string key, IReadOnlyList<int> inputs, IReadOnlyList<int> outputs) =>
        (entry.BatchSize, entry.Threads, entry.Surface.Key) == (spec.BatchSize, spec.Threads, key)
        && entry.Surface.Inputs.SequenceEqual(inputs) && entry.Surface.Outputs.SequenceEqual(outputs);

    private Content Read()
    {
        var none = new Content(host.Description, [], []);
        if (!File.Exists(_path)) return none;
        try
        {
            var content = SweepJson.Read<Content>(File.ReadAllText(_path));
            return content is { Entries: not null, Anchors: not null } && content.Host == host.Description && content.Entries.All(IsWhole) ? content : none;
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            return none;
        }
    }

    private static bool IsWhole(Entry entry) => entry.Surface is { Key: not null, Inputs: not null, Outputs: not null, Microseconds: not null } surface
        && surface.Microseconds.Count == surface.Inputs.Count * surface.Outputs.Count && surface.Microseconds.All(time => time > 0);

    /// <summary>Held while the file is read and replaced; the system frees it when its process dies.</summary>
    private FileStream Lock()
    {
        Directory.CreateDirectory(folder);
        FileStream? held = null;
        SpinWait.SpinUntil(() => (held = TryLock()) is not null, Patience);
        return held ?? throw new IOException($"The latency tables in '{folder}' are locked by another process. End it, or set DISTRIBUTED_CACHE to another folder.");
    }

    private FileStream? TryLock()
    {
        try
        {
            return new($"{_path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            // Another process holds it for the few milliseconds of a write.
            return null;
        }
    }

    private void Write(Content content)
    {
        Directory.CreateDirectory(folder);
        string partial = Invariant($"{_path}.{Environment.ProcessId}.{Guid.NewGuid():n}.part");
        try
        {
            File.WriteAllText(partial, SweepJson.Write(content));
            File.Move(partial, _path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
