namespace Distributed.Silo.Telemetry;

/// <summary>One slot in numbers.</summary>
internal sealed class LiveSlot(string name, TimeProvider time, Action<LiveSlot> forget) : IDisposable
{
    private long _answered = time.GetTimestamp();
    private double _imagesPerSecond;
    private bool _busy;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Whether it runs an attempt.</summary>
    public bool IsBusy => Volatile.Read(ref _busy);

    /// <summary>What its attempt trains on; 0 outside training.</summary>
    public double ImagesPerSecond => Volatile.Read(ref _imagesPerSecond);

    /// <summary>How long the cluster has not answered it.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _answered));

    /// <summary>The cluster answered.</summary>
    public void Answered() => Volatile.Write(ref _answered, time.GetTimestamp());

    /// <summary>An attempt begins or ends.</summary>
    public void Works(bool busy)
    {
        Volatile.Write(ref _busy, busy);
        Volatile.Write(ref _imagesPerSecond, 0);
    }

    /// <summary>Its attempt tells how far it is.</summary>
    public void Hear(TrialProgress progress)
    {
        if (progress.ImagesPerSecond is { } images) Volatile.Write(ref _imagesPerSecond, images);
        else if (progress.Phase is not (TrialPhase.Training or TrialPhase.FineTuning)) Volatile.Write(ref _imagesPerSecond, 0);
    }

    public void Dispose() => forget(this);
}
