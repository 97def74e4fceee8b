namespace Distributed.Sweeps;

/// <summary>What a webhook is told. Its JSON is the body of the POST.</summary>
/// <param name="Id">The same however often it is sent: what to forget duplicates by.</param>
/// <param name="Event">What happened.</param>
/// <param name="Sweep">In which sweep.</param>
/// <param name="Time">When it was recorded.</param>
/// <param name="Reason">Why the sweep ended, in one sentence; null for a knee.</param>
/// <param name="Front">Models on the front.</param>
/// <param name="Hypervolume">Of the front.</param>
/// <param name="Knee">The model at the front's knee; null for fronts of fewer than three.</param>
/// <param name="Trials">How many candidates had ended how.</param>
public sealed record Notification(
    string Id,
    NotifyEvent Event,
    SweepId Sweep,
    DateTimeOffset Time,
    string? Reason,
    int Front,
    double Hypervolume,
    NotifiedModel? Knee,
    NotifiedTrials Trials);

/// <summary>A model, as a webhook is told of it.</summary>
/// <param name="Trial">Its trial: 'model pull SWEEP --trial N' writes it.</param>
/// <param name="Accuracy">Top-1 on validation, in [0, 1].</param>
/// <param name="LatencyRatio">Model ÷ dense.</param>
/// <param name="LatencyMs">Median of one batch.</param>
/// <param name="Bytes">Of the file.</param>
public sealed record NotifiedModel(int Trial, double Accuracy, double LatencyRatio, double LatencyMs, long Bytes);

/// <summary>Candidates by how they ended.</summary>
public sealed record NotifiedTrials(int Completed, int Stopped, int Failed);

/// <summary>Tells the outside world.</summary>
public interface INotifier
{
    /// <summary>Sends one notification, again and again until it is taken or there is no point in it.</summary>
    /// <returns>Whether it was taken. Why it was not is logged.</returns>
    /// <exception cref="OperationCanceledException">The sender leaves.</exception>
    Task<bool> Deliver(NotifySpec to, Notification notification, CancellationToken cancellation);
}
