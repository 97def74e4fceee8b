using System.Collections.Immutable;
using Distributed.Compression.Graph;
using Distributed.Compression.Training;
using static TorchSharp.torch;
using Tensor = Distributed.Compression.Graph.Tensor;

namespace Distributed.Gallery;

/// <summary>Runs a network in the training interpreter, whatever its inputs and outputs are.</summary>
internal static class Interpreter
{
    /// <summary>All outputs, evaluated on the processor.</summary>
    public static ImmutableArray<Tensor> Run(Network network, IReadOnlyDictionary<string, Tensor> fed) => Run(network, fed, TrainingDevice.Cpu);

    /// <summary>All outputs, evaluated on a device.</summary>
    public static ImmutableArray<Tensor> Run(Network network, IReadOnlyDictionary<string, Tensor> fed, TrainingDevice device)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var constants = network.Initializers.ToDictionary(pair => pair.Key, pair => TorchProgram.Load(pair.Value, device), StringComparer.Ordinal);
        var program = new TorchProgram(network, network.Nodes, constants, network.Outputs.Select(output => output.Name), device);
        var results = program.Run([.. network.Inputs.Select(input => device.Moved(TorchProgram.Load(fed[input.Name], device)))], Pass.Evaluating);
        return [.. results.Zip(network.Outputs, (result, output) => Read(result, output.Type))];
    }

    private static Tensor Read(TorchSharp.torch.Tensor value, ElementType type)
    {
        ImmutableArray<int> shape = [.. value.shape.Select(size => checked((int)size))];
        using var dense = value.to_type(value.is_floating_point() ? ScalarType.Float32 : ScalarType.Int64).cpu().contiguous();
        return value.is_floating_point() ? new FloatTensor(shape, Elements<float>(dense)) : new IntegerTensor(shape, Elements<long>(dense), type);
    }

    private static T[] Elements<T>(TorchSharp.torch.Tensor dense) where T : unmanaged => dense.numel() == 0 ? [] : dense.data<T>().ToArray();
}
