using System.Collections.Immutable;
using Distributed.Compression.Graph;
using Distributed.Compression.Graph.Onnx;

namespace Distributed.Gallery;

/// <summary>One of the ONNX project's cases: a model, and for each data set what it is fed and must give.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Folder">Holds model.onnx and the folders test_data_set_*.</param>
internal sealed record ConformanceCase(string Name, string Folder)
{
    /// <summary>Inputs that decide shapes or bounds: they are constants in every exported classifier, and are given as constants here.</summary>
    private static readonly ImmutableHashSet<(string Operator, int Input)> Settings =
    [
        ("Clip", 1), ("Clip", 2), ("ConstantOfShape", 0), ("Dropout", 1), ("Dropout", 2), ("Expand", 1), ("Pad", 1), ("Pad", 2), ("Pad", 3), ("Range", 0),
        ("Range", 1), ("Range", 2), ("ReduceMax", 1), ("ReduceMean", 1), ("ReduceSum", 1), ("Reshape", 1), ("Resize", 1), ("Resize", 2), ("Resize", 3),
        ("Slice", 1), ("Slice", 2), ("Slice", 3), ("Slice", 4), ("Split", 1), ("Squeeze", 1), ("Tile", 1), ("Unsqueeze", 1), ("Upsample", 1),
    ];

    /// <summary>The cases below a folder, in ordinal order of their paths.</summary>
    public static IReadOnlyList<ConformanceCase> Below(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "model.onnx", SearchOption.AllDirectories).Select(file => Path.GetDirectoryName(file)!)
            .Order(StringComparer.Ordinal).Select(path => new ConformanceCase(Path.GetFileName(path), path)),
    ];

    /// <summary>The data sets' folders.</summary>
    public IReadOnlyList<string> DataSets => [.. Directory.GetDirectories(Folder, "test_data_set_*").Order(StringComparer.Ordinal)];

    /// <summary>The model as it stands in the file.</summary>
    public Network Read() => OnnxReader.Read(Path.Combine(Folder, "model.onnx"));

    /// <summary>The model with a data set's settings as constants, and what else it is fed.</summary>
    /// <param name="model">The model as it was read.</param>
    /// <param name="dataSet">One of <see cref="DataSets"/>.</param>
    public static ConformanceData Load(Network model, string dataSet)
    {
        var constants = model.Initializers.ToBuilder();
        var fed = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        for (int i = 0; i < model.Inputs.Length; i++)
        {
            string name = model.Inputs[i].Name;
            var value = Tensor(dataSet, "input", i);
            if (IsSetting(model, name) || (i > 0 && value is IntegerTensor && value.Type != ElementType.Bool)) constants[name] = value;
            else fed[name] = value;
        }

        var network = model with { Inputs = [.. model.Inputs.Where(input => fed.ContainsKey(input.Name)).Select(input => Sized(input, fed[input.Name]))], Initializers = constants.ToImmutable() };
        return new(network, fed, [.. model.Outputs.Select((_, i) => Tensor(dataSet, "output", i))]);
    }

    /// <summary>Sizes that are left open beyond the batch are those of the data.</summary>
    private static ValueInfo Sized(ValueInfo input, Tensor value) => input.Shape.LastIndexOf(-1) > 0 ? input with { Shape = value.Shape } : input;

    private static bool IsSetting(Network model, string name) =>
        model.Nodes.Any(node => node.Inputs.Select((input, i) => (input, i)).Any(pair => pair.input == name && Settings.Contains((node.Operator, pair.i))));

    private static Tensor Tensor(string folder, string kind, int index)
    {
        string path = Path.Combine(folder, Invariant($"{kind}_{index}.pb"));
        return OnnxTensorReader.Read(TensorProto.Parser.ParseFrom(File.ReadAllBytes(path)), path);
    }
}

/// <summary>A model and one data set.</summary>
/// <param name="Network">Settings are initializers.</param>
/// <param name="Fed">By input name.</param>
/// <param name="Stated">By output.</param>
internal sealed record ConformanceData(Network Network, IReadOnlyDictionary<string, Tensor> Fed, ImmutableArray<Tensor> Stated);
