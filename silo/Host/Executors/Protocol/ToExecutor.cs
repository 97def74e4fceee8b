using System.Text.Json.Serialization;

namespace Distributed.Silo.Executors;

/// <summary>What a worker tells its executor. A closed union.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Run), "run")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(Drain), "drain")]
[JsonDerivedType(typeof(Pause), "pause")]
[JsonDerivedType(typeof(Resume), "resume")]
[JsonDerivedType(typeof(RungDecided), "rung-decided")]
[JsonDerivedType(typeof(MeasureGranted), "measure-granted")]
internal abstract record ToExecutor
{
    private ToExecutor()
    {
    }

    /// <summary>Run an attempt; sent only while none runs.</summary>
    public sealed record Run(TrialAssignment Assignment) : ToExecutor;

    /// <summary>End the attempt at once.</summary>
    public sealed record Cancel : ToExecutor;

    /// <summary>Write a checkpoint at the next step and end the attempt.</summary>
    public sealed record Drain : ToExecutor;

    /// <summary>Wait at the next step boundary, and say so with the same number.</summary>
    public sealed record Pause(int Number) : ToExecutor;

    /// <summary>Go on.</summary>
    public sealed record Resume : ToExecutor;

    /// <summary>The answer to a rung.</summary>
    public sealed record RungDecided(string? Stop) : ToExecutor;

    /// <summary>Nobody else computes on this host now.</summary>
    public sealed record MeasureGranted : ToExecutor;
}
