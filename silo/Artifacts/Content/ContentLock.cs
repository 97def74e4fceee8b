using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>The lock of the operating system on one piece of content; it ends with the process, however that ends.</summary>
internal sealed class ContentLock : IDisposable
{
    private readonly FileStream _file;

    private ContentLock(FileStream file) => _file = file;

    /// <summary>Waits until nobody removes it, and then keeps others from doing so.</summary>
    public static async Task<ContentLock> Share(string path, TimeProvider time, TimeSpan pause, CancellationToken cancellation)
    {
        while (true)
        {
            if (TryOpen(path, FileAccess.Read, FileShare.Read) is { } file) return new(file);
            await Wait(pause, time, cancellation);
        }
    }

    /// <summary>Waits until nobody else has it.</summary>
    public static async Task<ContentLock> Alone(string path, TimeProvider time, TimeSpan pause, CancellationToken cancellation)
    {
        while (true)
        {
            if (TryAlone(path) is { } held) return held;
            await Wait(pause, time, cancellation);
        }
    }

    /// <returns>Null while somebody uses it.</returns>
    public static ContentLock? TryAlone(string path) => TryOpen(path, FileAccess.ReadWrite, FileShare.None) is { } file ? new(file) : null;

    /// <summary>Notes that it was used now.</summary>
    public void Touch(TimeProvider time)
    {
        try
        {
            File.SetLastWriteTimeUtc(_file.Name, time.GetUtcNow().UtcDateTime);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Then it counts as used longer ago than it was.
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Waiting for another process is no hang of this one: whoever hangs with the lock is found by its own pulse, and the lock ends with it.</summary>
    private static Task Wait(TimeSpan pause, TimeProvider time, CancellationToken cancellation)
    {
        Pulse.Beat();
        return Task.Delay(pause, time, cancellation);
    }

    private static FileStream? TryOpen(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new(path, FileMode.OpenOrCreate, access, share, bufferSize: 0);
        }
        catch (IOException error) when (LockFile.IsHeld(error))
        {
            return null;
        }
    }
}
