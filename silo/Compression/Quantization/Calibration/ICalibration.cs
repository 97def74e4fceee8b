namespace Distributed.Compression.Quantization;

/// <summary>Decides which range of an activation is worth 256 numbers. A function of the values seen, whatever their order. Thread safe.</summary>
internal interface ICalibration
{
    /// <summary>How sweep files call it.</summary>
    string Name { get; }

    /// <summary>The range; values outside will be cut off at its ends.</summary>
    ValueRange Range(ValueHistogram seen);
}
