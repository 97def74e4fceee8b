namespace Distributed.Compression.Grouping;

/// <summary>Labels, which of them live or die together (union-find), and which cannot be removed and why.</summary>
internal sealed class LabelTable
{
    /// <summary>The label of what cannot be removed.</summary>
    public const int Fixed = 0;

    /// <summary>The label, inside label tensors that an operator has just been run on, of elements that a Pad put there.</summary>
    public const int Filler = -1;

    private readonly List<int> _parents = [Fixed];
    private readonly List<string?> _reasons = ["it is fixed"];

    /// <summary>A label that no other element has.</summary>
    public int Fresh()
    {
        _parents.Add(_parents.Count);
        _reasons.Add(null);
        return _parents.Count - 1;
    }

    /// <summary>Labels that no other element has.</summary>
    public int[] Fresh(int count)
    {
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) labels[i] = Fresh();
        return labels;
    }

    /// <summary>The representative of all labels that are tied to this one.</summary>
    public int Find(int label)
    {
        while (_parents[label] != label)
        {
            _parents[label] = _parents[_parents[label]];
            label = _parents[label];
        }

        return label;
    }

    /// <summary>Why a label cannot be removed; null where it can.</summary>
    public string? PinnedBecause(int label) => _reasons[Find(label)];

    /// <summary>Lets two labels live or die together.</summary>
    /// <param name="a">One label.</param>
    /// <param name="b">The other.</param>
    /// <param name="reason">Why one of them cannot be removed where the other is <see cref="Fixed"/>.</param>
    public void Tie(int a, int b, string reason)
    {
        (a, b) = (Find(a), Find(b));
        if (a == b) return;
        if (a == Fixed || b == Fixed)
        {
            Pin(a + b, reason);
            return;
        }

        int root = Math.Min(a, b);
        _parents[Math.Max(a, b)] = root;
        _reasons[root] ??= _reasons[Math.Max(a, b)];
    }

    /// <summary>Keeps a label for good. The first reason stays.</summary>
    public void Pin(int label, string reason) => _reasons[Find(label)] ??= reason;
}
