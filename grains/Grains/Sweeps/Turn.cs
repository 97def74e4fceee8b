namespace Distributed.Grains;

/// <summary>
/// One command at a time. A grain that interleaves takes its turn before it decides anything and keeps it until what it decided is
/// durable, so that every decision stands on the whole log; readers take none.
/// </summary>
internal sealed class Turn : IDisposable
{
    private readonly SemaphoreSlim _free = new(1, 1);

    /// <summary>Waits, first come first served, until no other command runs.</summary>
    public async Task<IDisposable> Take()
    {
        await _free.WaitAsync();
        return new Held(_free);
    }

    public void Dispose() => _free.Dispose();

    private sealed class Held(SemaphoreSlim free) : IDisposable
    {
        private bool _released;

        public void Dispose()
        {
            if (_released) return;
            _released = true;
            free.Release();
        }
    }
}
