namespace Distributed.Dashboard;

/// <summary>The front of points of which the first value is to be small and the second large, point by point.</summary>
internal sealed class GrowingEdge
{
    /// <summary>By the first value, ascending; the second ascends with it.</summary>
    private readonly List<(double X, double Y)> _edge = [];

    /// <summary>Takes a point in.</summary>
    public void Add(double x, double y)
    {
        if (_edge.Any(point => point.X <= x && point.Y >= y)) return;
        _edge.RemoveAll(point => point.X >= x && point.Y <= y);
        int place = _edge.FindIndex(point => point.X > x);
        _edge.Insert(place < 0 ? _edge.Count : place, (x, y));
    }

    /// <summary>Whether a point is on the front.</summary>
    public bool Holds(double x, double y) => _edge.Contains((x, y));

    /// <summary>The area that the front covers down to a reference: Σ (x of the next − x) · (y − y of the reference).</summary>
    /// <param name="x">Of the reference: none is larger.</param>
    /// <param name="y">Of the reference: none is smaller.</param>
    public double Area(double x, double y)
    {
        double area = 0;
        for (int i = 0; i < _edge.Count; i++) area += ((i + 1 < _edge.Count ? _edge[i + 1].X : x) - _edge[i].X) * (_edge[i].Y - y);
        return area;
    }
}
