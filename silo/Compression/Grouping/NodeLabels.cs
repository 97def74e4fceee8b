using System.Collections.Immutable;
using Distributed.Compression.Graph;

namespace Distributed.Compression.Grouping;

/// <summary>What a labelling rule sees of its node, and where it puts what it finds.</summary>
internal sealed class NodeLabels(Labelling labelling, int index, NodeInference inference)
{
    /// <summary>Shapes, constants and attributes.</summary>
    public NodeInference Inference => inference;

    /// <summary>The node.</summary>
    public Node Node => inference.Node;

    /// <summary>All labels.</summary>
    public LabelTable Table => labelling.Table;

    /// <summary>What goes where whole groups could go, or places inside of each.</summary>
    public Closure Closure => labelling.Closure;

    /// <summary>Whether an input is a stored weight or constant.</summary>
    public bool IsInitializer(int input) => Node.Input(input) is { } name && labelling.Network.Initializers.ContainsKey(name);

    /// <summary>The labels of an input; all fixed where it is stored or left out.</summary>
    public LabelTensor Input(int input) => Node.Input(input) is { } name && labelling.Values.TryGetValue(name, out var labels)
        ? labels
        : LabelTensor.Fixed(Node.Input(input) is null ? [] : inference.Shape(input));

    /// <summary>The labels along one axis of an input; whatever varies along another axis is pinned.</summary>
    public int[] Line(int input, int axis)
    {
        var labels = Input(input);
        if (labels.Axis == axis) return labels.Line;
        Pin(labels, "varies along an axis that it cannot be removed from");
        return new int[labels.Shape[axis]];
    }

    /// <summary>The labels of a stored vector of floats (only one of its axes is longer than 1), made at its first use; null for whatever else.</summary>
    public LabelTensor? Stored(int input)
    {
        if (!IsInitializer(input) || labelling.Network.Initializers[Node.Inputs[input]] is not FloatTensor stored) return null;
        int[] axes = [.. Enumerable.Range(0, stored.Shape.Length).Where(axis => stored.Shape[axis] > 1)];
        if (axes.Length != 1) return null;
        int[] line = labelling.Initializers.TryGetValue((Node.Inputs[input], axes[0]), out var known) ? known.Labels : Table.Fresh(stored.Length);
        Register(input, axes[0], line, MemberRole.Operand);
        return new(stored.Shape, axes[0], line);
    }

    /// <summary>The shape of an output.</summary>
    public ImmutableArray<int> OutputShape(int output) => labelling.Shapes[Node.Outputs[output]].Shape;

    /// <summary>Gives an output its labels.</summary>
    public void Give(int output, int axis, int[] line)
    {
        if (output >= Node.Outputs.Length || Node.Outputs[output].Length == 0) return;
        bool isFixed = axis < 0 || line.All(label => label == LabelTable.Fixed);
        labelling.Values[Node.Outputs[output]] = isFixed ? LabelTensor.Fixed(OutputShape(output)) : new(OutputShape(output), axis, line);
    }

    /// <summary>Gives an output its labels.</summary>
    public void Give(int output, LabelTensor labels) => Give(output, labels.Axis, labels.Line);

    /// <summary>Makes the labels of new output channels.</summary>
    public int[] Produce(int count)
    {
        int[] labels = Table.Fresh(count);
        labelling.Producers.Add(new(index, labels));
        return labels;
    }

    /// <summary>Ties the channels of an operator that divides them into groups: those of each group, or those at the same place of every group.</summary>
    /// <param name="line">The channels' labels, group after group.</param>
    /// <param name="size">Channels of a group.</param>
    /// <returns>Whether whole groups go.</returns>
    public bool TieGroups(int[] line, int size)
    {
        bool whole = size == 1 || (size < line.Length && Closure == Closure.WholeGroups && line.Any(label => label != LabelTable.Fixed));
        for (int i = 0; i < line.Length; i++)
            Table.Tie(line[whole ? i - (i % size) : i % size], line[i], Because("is tied across groups to a channel that cannot be removed"));
        return whole;
    }

    /// <summary>Says which labels the positions of an initializer's axis have; ties them where another node has said it before.</summary>
    public void Register(int input, int axis, int[] labels, MemberRole role) => labelling.Register(index, Node.Inputs[input], axis, labels, role);

    /// <summary>Gives an output the labels of its elements, after tying what must be tied so that they vary along one axis.</summary>
    public void GiveClosed(int output, ImmutableArray<int> shape, ReadOnlySpan<long> labels, int? along = null) =>
        Give(output, RectangularClosure.Close(Table, shape, labels, Closure, Because("shares a slice with what cannot be removed"), along));

    /// <summary>Says that an input's labelled axis ends here: it is summed over.</summary>
    public void Consume(int input)
    {
        if (!Input(input).IsFixed) labelling.Consumptions.Add(new(index, input));
    }

    /// <summary>Pins every label of the inputs, because of this node.</summary>
    /// <param name="found">A predicate whose subject is the channel, such as "is normalised over".</param>
    public void PinInputs(string found)
    {
        for (int i = 0; i < Node.Inputs.Length; i++) Pin(Input(i), found);
    }

    /// <summary>Pins labels, because of this node.</summary>
    public void Pin(LabelTensor labels, string found)
    {
        foreach (int label in labels.Line)
        {
            if (label != LabelTable.Fixed) Table.Pin(label, Because(found));
        }
    }

    /// <summary>A reason that names the node.</summary>
    public string Because(string found) => $"it {found} at '{Node.Name}' ({Node.Operator})";
}
