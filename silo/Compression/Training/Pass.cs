namespace Distributed.Compression.Training;

/// <summary>What kind of pass a network makes.</summary>
/// <param name="Training">Whether BatchNormalization uses the batch's own statistics and updates the running ones.</param>
/// <param name="Momentum">
/// How fast the running statistics follow: new = (1 − m)·old + m·batch. ONNX's attribute is another framework's leftover and is not used.
/// </param>
internal readonly record struct Pass(bool Training, double Momentum)
{
    /// <summary>Running statistics, unchanged.</summary>
    public static Pass Evaluating { get; } = new(false, 0);

    /// <summary>The batch's statistics, torch's default momentum.</summary>
    public static Pass Learning { get; } = new(true, 0.1);
}
