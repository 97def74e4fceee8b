using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Distributed.Client.SweepFiles;

/// <summary>Times as people write them: "90s", "4m", "1h30m", "0.5h".</summary>
internal static partial class Duration
{
    private const double LongestHours = 24 * 365;

    /// <summary>The time, or null when the text is none or longer than a year.</summary>
    public static TimeSpan? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success) return null;
        double hours = Part(match, "h") + (Part(match, "m") / 60) + (Part(match, "s") / 3600);
        return hours <= LongestHours ? TimeSpan.FromMilliseconds(Math.Round(hours * 3_600_000)) : null;
    }

    /// <summary>The text that reads back as the same time, to the millisecond.</summary>
    public static string Write(TimeSpan time)
    {
        StringBuilder text = new();
        if (time.TotalHours >= 1) text.Append(Invariant($"{(long)time.TotalHours}h"));
        if (time.Minutes > 0) text.Append(Invariant($"{time.Minutes}m"));
        double seconds = time.Seconds + (time.Milliseconds / 1000.0);
        if (seconds > 0 || text.Length == 0) text.Append(Invariant($"{seconds:0.###}s"));
        return text.ToString();
    }

    private static double Part(Match match, string group) =>
        match.Groups[group].Success ? double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?=.)((?<h>\d{1,6}(\.\d{1,6})?)h)?((?<m>\d{1,6}(\.\d{1,6})?)m)?((?<s>\d{1,8}(\.\d{1,6})?)s)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
