namespace Distributed.Search;

/// <summary>The front of points of two losses that are added one by one, and the area that it dominates.</summary>
/// <remarks>
/// The front is kept sorted: x ascends, y descends. Adding takes O(log n) to find the place, and one step for each point that the new one
/// dominates, which is never looked at again. Not thread safe.
/// </remarks>
/// <param name="referenceX">The worst first loss that counts.</param>
/// <param name="referenceY">The worst second loss that counts.</param>
internal sealed class Staircase(double referenceX, double referenceY)
{
    private readonly List<(double X, double Y)> _steps = [];

    /// <summary>The non-dominated points inside the reference, the first loss ascending; of equal ones the first.</summary>
    public IReadOnlyList<(double X, double Y)> Steps => _steps;

    /// <summary>The area between the front and the reference.</summary>
    public double Area { get; private set; }

    /// <summary>Adds a point.</summary>
    /// <returns>Whether it is on the front now; false when a point as good is there, or it lies outside the reference.</returns>
    public bool Add(double x, double y)
    {
        if (!(x < referenceX && y < referenceY)) return false;
        int place = FirstNotBelow(x);
        if (place > 0 && _steps[place - 1].Y <= y) return false;
        if (place < _steps.Count && _steps[place].X == x && _steps[place].Y <= y) return false;
        int end = place;
        double from = x;
        double height = place > 0 ? _steps[place - 1].Y : referenceY;
        for (; end < _steps.Count && _steps[end].Y >= y; end++)
        {
            Area += (_steps[end].X - from) * (height - y);
            (from, height) = _steps[end];
        }

        Area += ((end < _steps.Count ? _steps[end].X : referenceX) - from) * (height - y);
        _steps.RemoveRange(place, end - place);
        _steps.Insert(place, (x, y));
        return true;
    }

    private int FirstNotBelow(double x)
    {
        (int low, int high) = (0, _steps.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_steps[middle].X < x) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
