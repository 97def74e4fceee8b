namespace Distributed.Dashboard.Components.Trials;

/// <summary>Where moments lie on a line from 0 to 1. Long stretches in which nothing ran are cut short, so that what ran can be read.</summary>
internal sealed class TimeScale
{
    /// <summary>A cut stretch takes this part of the time in which something ran.</summary>
    private const double Short = 0.08;
    private readonly List<Piece> _pieces = [];
    private double _length;

    private readonly record struct Piece(DateTimeOffset Start, DateTimeOffset End, double From, double Length, bool IsCut);

    /// <param name="busy">From when to when something ran; may overlap, in any order. At least one.</param>
    public TimeScale(IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> busy)
    {
        var merged = Merge(busy);
        double ran = Math.Max(0.001, merged.Sum(span => (span.End - span.Start).TotalSeconds));
        for (int i = 0; i < merged.Count; i++)
        {
            if (i > 0) Add(merged[i - 1].End, merged[i].Start, Short * ran);
            Add(merged[i].Start, merged[i].End, double.PositiveInfinity);
        }

        if (_length <= 0) _length = 1;

        void Add(DateTimeOffset start, DateTimeOffset end, double most)
        {
            double seconds = (end - start).TotalSeconds, length = Math.Min(seconds, most);
            _pieces.Add(new(start, end, _length, length, seconds > most));
            _length += length;
        }
    }

    /// <summary>The stretches that are cut, as places from 0 to 1 and how long they were.</summary>
    public IEnumerable<(double From, double To, TimeSpan Length)> Cuts =>
        _pieces.Where(piece => piece.IsCut).Select(piece => (piece.From / _length, (piece.From + piece.Length) / _length, piece.End - piece.Start));

    /// <summary>The place of a moment; those outside lie at the ends.</summary>
    public double At(DateTimeOffset time)
    {
        foreach (var piece in _pieces)
        {
            if (time <= piece.Start) return piece.From / _length;
            if (time > piece.End) continue;
            double part = (time - piece.Start) / (piece.End - piece.Start);
            return (piece.From + (part * piece.Length)) / _length;
        }

        return 1;
    }

    private static List<(DateTimeOffset Start, DateTimeOffset End)> Merge(IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> busy)
    {
        List<(DateTimeOffset Start, DateTimeOffset End)> merged = [];
        foreach (var span in busy.OrderBy(span => span.Start))
        {
            if (merged.Count > 0 && span.Start <= merged[^1].End) merged[^1] = (merged[^1].Start, span.End > merged[^1].End ? span.End : merged[^1].End);
            else merged.Add(span);
        }

        return merged;
    }
}
