namespace Distributed.Dashboard;

/// <summary>Numbers as people read them, with their units.</summary>
public static class Quantity
{
    private static readonly string[] Thousands = ["", "k", "M", "G", "T"];
    private static readonly string[] Sizes = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>"12.5M": three significant digits.</summary>
    public static string Count(double value) => Scaled(value, Thousands, "");

    /// <summary>"1.11 MB": decimal units.</summary>
    public static string Size(double bytes) => Scaled(bytes, Sizes, " ");

    /// <summary>"81.03 %".</summary>
    public static string Percent(double part) => Invariant($"{part * 100:0.00} %");

    /// <summary>The part of the weights that are zero: "50.00 %".</summary>
    public static string Zeros(SparsityReport sparsity) => Percent(sparsity.Zeros / (double)Math.Max(1, sparsity.Weights));

    /// <summary>"0.482".</summary>
    public static string Ratio(double ratio) => Invariant($"{ratio:0.000}");

    /// <summary>"1.27 ms": three significant digits.</summary>
    public static string Milliseconds(double value) => $"{Significant(value)} ms";

    /// <summary>"2:05", "1:02:05".</summary>
    public static string Clock(TimeSpan time) => time.TotalHours >= 1
        ? Invariant($"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : Invariant($"{time.Minutes}:{time.Seconds:00}");

    /// <summary>A metric's value with its unit.</summary>
    public static string Of(Metric metric, double value) => metric switch
    {
        _ when !double.IsFinite(value) => "–",
        Metric.Accuracy or Metric.CorruptedAccuracy => Percent(value),
        Metric.LatencyRatio => Ratio(value),
        Metric.LatencyMs => Milliseconds(value),
        Metric.Bytes or Metric.CompressedBytes => Size(value),
        _ => Count(value),
    };

    /// <summary>A metric's name for an axis or a column, with its unit.</summary>
    public static string Name(Metric metric) => metric switch
    {
        Metric.Accuracy => "Accuracy (validation)",
        Metric.CorruptedAccuracy => "Accuracy (corrupted validation)",
        Metric.LatencyRatio => "Latency ÷ dense",
        Metric.LatencyMs => "Latency (ms)",
        Metric.Macs => "MACs",
        Metric.Parameters => "Parameters",
        Metric.Bytes => "File size (B)",
        Metric.CompressedBytes => "Compressed size (B)",
        _ => PageNames.Of(metric),
    };

    /// <summary>A metric's name within a sentence: "latency ÷ dense", "MACs".</summary>
    public static string InText(Metric metric)
    {
        string name = Name(metric);
        return name.Length > 1 && char.IsUpper(name[1]) ? name : char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>Three significant digits without an exponent.</summary>
    public static string Significant(double value) => Math.Abs(value) switch
    {
        >= 99.95 => Invariant($"{value:0}"),
        >= 9.995 => Invariant($"{value:0.0}"),
        >= 0.9995 => Invariant($"{value:0.00}"),
        _ => Invariant($"{value:0.000}"),
    };

    private static string Scaled(double value, string[] units, string gap)
    {
        int unit = 0;
        while (Math.Abs(value) >= 999.5 && unit + 1 < units.Length)
        {
            value /= 1000;
            unit++;
        }

        string number = unit == 0 ? Invariant($"{value:0}") : Significant(value);
        return $"{number}{(units[unit].Length > 0 ? gap : "")}{units[unit]}";
    }
}
