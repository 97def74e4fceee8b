namespace Distributed.Silo.Measuring;

/// <summary>A lock of the operating system on one file, held alone or together with others. Where the folder cannot be used, everything is granted.</summary>
/// <remarks>Thread safe. It ends with the process.</remarks>
internal sealed class HostLock(string folder, string name) : IDisposable
{
    private readonly Lock _lock = new();
    private FileStream? _held;

    /// <summary>Whether another process holds it alone.</summary>
    public bool IsTakenByOther
    {
        get
        {
            lock (_lock)
            {
                if (_held is not null) return false;
                bool taken = !TryTakeTogether();
                Free();
                return taken;
            }
        }
    }

    /// <summary>Takes it for this process alone, if nobody holds it.</summary>
    public bool TryTakeAlone() => TryTake(FileAccess.ReadWrite, FileShare.None);

    /// <summary>Takes it together with others, if nobody holds it alone.</summary>
    public bool TryTakeTogether() => TryTake(FileAccess.Read, FileShare.Read);

    /// <summary>Lets it go; nothing happens when it is not held.</summary>
    public void Free()
    {
        lock (_lock)
        {
            _held?.Dispose();
            _held = null;
        }
    }

    public void Dispose() => Free();

    private bool TryTake(FileAccess access, FileShare share)
    {
        lock (_lock)
        {
            if (_held is not null) return true;
            try
            {
                Directory.CreateDirectory(folder);
                _held = new(Path.Combine(folder, name), FileMode.OpenOrCreate, access, share, bufferSize: 0);
                return true;
            }
            catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException))
            {
                return false;
            }
            catch (Exception error) when (error is UnauthorizedAccessException or IOException)
            {
                return true;
            }
        }
    }
}
