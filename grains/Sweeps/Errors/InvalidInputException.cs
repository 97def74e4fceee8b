namespace Distributed.Sweeps;

/// <summary>Something a user gave cannot be used: a file, a key, a value, a model, a dataset. Exit code 2; nothing was changed.</summary>
[GenerateSerializer, Alias("invalid-input.v1")]
public sealed class InvalidInputException : Exception
{
    /// <param name="place">Where: a file with its line, a key's path, a node or tensor name.</param>
    /// <param name="found">What was found there, without a full stop.</param>
    /// <param name="remedy">What to do, one sentence with its full stop.</param>
    /// <param name="cause">The error underneath, if any; its message is not repeated.</param>
    public InvalidInputException(string place, string found, string remedy, Exception? cause = null)
        : base($"{place}: {found}. {remedy}", cause)
        => (Place, Found, Remedy) = (place, found, remedy);

    /// <summary>Where it was found.</summary>
    [Id(0)] public string Place { get; }

    /// <summary>What was found.</summary>
    [Id(1)] public string Found { get; }

    /// <summary>What to do about it.</summary>
    [Id(2)] public string Remedy { get; }

    /// <summary>Whether it is the store that refuses: what is computed meanwhile is no worse for it.</summary>
    [Id(3)] public bool IsOfStore { get; init; }
}
