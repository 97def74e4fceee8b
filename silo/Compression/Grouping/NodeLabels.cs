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

    /// <summary>Says which labels the positions of an initializer's axis have; ties them where another node has said it before.</summary>
    public void Register(int input, int axis, int[] labels, MemberRole role) => labelling.Register(index, Node.Inputs[input], axis, labels, role);

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
