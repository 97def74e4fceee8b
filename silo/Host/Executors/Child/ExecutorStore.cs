using Distributed.Artifacts;

namespace Distributed.Silo.Executors;

/// <summary>The store that an executor writes to, as its parent named it.</summary>
internal static class ExecutorStore
{
    private static string Address => Environment.GetEnvironmentVariable(ExecutorLaunch.StoreVariable) is { Length: > 0 } address
        ? address
        : throw new InvalidInputException(ExecutorLaunch.StoreVariable, "it is not set", "An executor is started by a silo's worker, not by hand.");

    /// <exception cref="InvalidInputException">The parent named none, or it cannot be written.</exception>
    public static IArtifactStore Open() => StoreOpener.Open(StoreAddress.Parse(Address), TimeProvider.System).Artifacts;
}
