using System.Text.Json.Serialization;

namespace Distributed.Silo.Executors;

/// <summary>What an executor tells its worker. A closed union.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Progressed), "progressed")]
[JsonDerivedType(typeof(Checkpointed), "checkpointed")]
[JsonDerivedType(typeof(AtRung), "at-rung")]
[JsonDerivedType(typeof(Paused), "paused")]
[JsonDerivedType(typeof(MeasureAsked), "measure-asked")]
[JsonDerivedType(typeof(MeasureDone), "measure-done")]
[JsonDerivedType(typeof(Moved), "moved")]
[JsonDerivedType(typeof(Ended), "ended")]
internal abstract record FromExecutor
{
    private FromExecutor()
    {
    }

    /// <summary>How far the attempt is.</summary>
    public sealed record Progressed(TrialProgress Progress) : FromExecutor;

    /// <summary>A checkpoint is durable.</summary>
    public sealed record Checkpointed(Checkpoint Checkpoint) : FromExecutor;

    /// <summary>A rung is reached; waits for <see cref="ToExecutor.RungDecided"/>.</summary>
    public sealed record AtRung(RungReport Report) : FromExecutor;

    /// <summary>The attempt waits at a step boundary.</summary>
    public sealed record Paused(int Number) : FromExecutor;

    /// <summary>Wants the host for itself; waits for <see cref="ToExecutor.MeasureGranted"/>.</summary>
    public sealed record MeasureAsked : FromExecutor;

    /// <summary>Needs the host for itself no longer.</summary>
    public sealed record MeasureDone : FromExecutor;

    /// <summary>Its <see cref="Pulse"/> moved since it last said so; there is nothing else to tell of that.</summary>
    public sealed record Moved : FromExecutor;

    /// <summary>The attempt ended; the executor waits for the next.</summary>
    /// <param name="Outcome">How; null when it was drained or cancelled.</param>
    public sealed record Ended(TrialOutcome? Outcome) : FromExecutor;
}
