using System.Collections.Immutable;

namespace Distributed.Compression.Grouping;

/// <summary>Makes what is removed rectangular: ties labels until removing one takes whole slices of one axis.</summary>
/// <remarks>
/// Several axes may do: heads, or the dimension of every head. Then the <see cref="Closure"/> says which: the last of them is what stands
/// inside of groups, and of the others the one with the most units counts the groups. Filler in a slice goes with the slice; a slice of nothing but filler (the new channels of a padded shortcut)
/// gets a label of its own, so that it can be removed with whatever is later added to it.
/// </remarks>
internal static class RectangularClosure
{
    /// <summary>The labels as one line, after tying what must be tied.</summary>
    /// <param name="table">Takes the ties.</param>
    /// <param name="shape">The tensor's dimensions.</param>
    /// <param name="labels">A label for every element, row-major.</param>
    /// <param name="closure">Which axis where several would do.</param>
    /// <param name="reason">Why a label is kept where its slice also holds what is fixed.</param>
    /// <param name="along">The axis, where the operator knows it.</param>
    public static LabelTensor Close(LabelTable table, ImmutableArray<int> shape, ReadOnlySpan<long> labels, Closure closure, string reason, int? along = null)
    {
        int[] roots = new int[labels.Length];
        bool anything = false;
        for (int i = 0; i < roots.Length; i++)
        {
            roots[i] = labels[i] == LabelTable.Filler ? LabelTable.Filler : table.Find((int)labels[i]);
            anything |= roots[i] > LabelTable.Fixed;
        }

        if (!anything) return LabelTensor.Fixed(shape);
        int axis = along ?? Axis(shape, roots, closure);
        if (axis < 0)
        {
            foreach (int root in roots.Distinct().Where(root => root > LabelTable.Fixed)) table.Pin(root, reason);
            return LabelTensor.Fixed(shape);
        }

        return new(shape, axis, Line(table, shape, roots, axis, reason));
    }

    private static int[] Line(LabelTable table, ImmutableArray<int> shape, int[] roots, int axis, string reason)
    {
        int inner = Graph.Tensor.Count(shape[(axis + 1)..]);
        int size = shape[axis];
        int[] line = new int[size];
        Array.Fill(line, LabelTable.Filler);
        for (int i = 0; i < roots.Length; i++)
        {
            ref int slice = ref line[i / inner % size];
            if (roots[i] == LabelTable.Filler || roots[i] == slice) continue;
            if (slice == LabelTable.Filler) slice = roots[i];
            else table.Tie(slice, roots[i], reason);
        }

        for (int i = 0; i < size; i++)
        {
            if (line[i] == LabelTable.Filler) line[i] = table.Fresh();
        }

        return line;
    }

    /// <summary>The axis along which whole slices are to go; −1 where none leaves anything removable.</summary>
    /// <remarks>
    /// An axis is a choice where its slices fall into several classes of the same size, as groups and places inside of groups do; a class token
    /// beside many patches does not. Where that holds for no axis, the one with the most classes is taken.
    /// </remarks>
    private static int Axis(ImmutableArray<int> shape, int[] roots, Closure closure)
    {
        (int Count, bool Even)[] classes = [.. Enumerable.Range(0, shape.Length).Select(axis => shape[axis] == 1 ? (0, false) : Classes(shape, roots, axis))];
        int[] choices = [.. Enumerable.Range(0, shape.Length).Where(axis => classes[axis].Count > 1 && classes[axis].Even)];
        return choices switch
        {
            [] => classes.Max(found => found.Count) is > 0 and var most ? Array.FindIndex(classes, found => found.Count == most) : -1,
            [.. var outer, var inner] => closure == Closure.InsideGroups || outer.Length == 0 ? inner : outer.Reverse().MaxBy(axis => classes[axis].Count),
        };
    }

    /// <summary>Removable classes that remain when each slice of an axis becomes one class, and whether each has as many slices.</summary>
    private static (int Count, bool Even) Classes(ImmutableArray<int> shape, int[] roots, int axis)
    {
        int inner = Graph.Tensor.Count(shape[(axis + 1)..]);
        var local = new LabelTable();
        int[] slices = local.Fresh(shape[axis]);
        bool[] filled = new bool[slices.Length];
        var known = new Dictionary<int, int>();
        (int Root, int Slice) previous = (LabelTable.Filler, -1);
        for (int i = 0; i < roots.Length; i++)
        {
            int slice = i / inner % slices.Length;
            if (roots[i] == LabelTable.Filler || (roots[i], slice) == previous) continue;
            previous = (roots[i], slice);
            filled[slice] = true;
            if (roots[i] == LabelTable.Fixed)
            {
                local.Pin(slices[slice], "");
                continue;
            }

            if (!known.TryGetValue(roots[i], out int label)) known[roots[i]] = label = local.Fresh();
            local.Tie(label, slices[slice], "");
        }

        int[] sizes = [.. slices.Where((label, slice) => filled[slice] && local.PinnedBecause(label) is null).CountBy(local.Find).Select(group => group.Value)];
        return (sizes.Length, sizes.Distinct().Count() == 1);
    }
}
