namespace Distributed.Silo.Measuring;

/// <summary>Something that computes on this host and can stand still for a while.</summary>
internal interface IMeasured
{
    /// <summary>Asks it to stand still at its next step boundary; it says so by <see cref="MeasuringGate.Stands"/>.</summary>
    void Pause();

    /// <summary>Lets it go on.</summary>
    void Resume();
}
