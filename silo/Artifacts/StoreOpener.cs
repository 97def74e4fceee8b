using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Opens a store by its address.</summary>
public static class StoreOpener
{
    /// <summary>A store to write to; a folder is made if need be. A container is first asked by <see cref="OpenedStore.Reach"/>.</summary>
    /// <exception cref="InvalidInputException">The folder cannot be made or written, or the connection string is missing or no such.</exception>
    public static OpenedStore Open(StoreAddress address, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address is StoreAddress.Folder folder
            ? new(DirectoryStore.Create(folder.Path, time))
            : AzureStore.Open(address, AzurePatience.OfWriter, time);
    }

    /// <summary>A store that is there already, to read from; no folder is made.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public static OpenedStore Existing(StoreAddress address, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address is StoreAddress.Folder folder
            ? new(DirectoryStore.Existing(folder.Path, time))
            : AzureStore.Open(address, AzurePatience.OfReader, time);
    }
}
