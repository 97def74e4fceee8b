using System.Collections.Immutable;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>
/// Group lasso (Yuan and Lin 2006) over what would be pruned as one: penalty = λ · Σ_u √p_u · ‖w_u‖₂, where w_u are the p_u trained weights of
/// unit u in all tied layers, those that make its channel and those that read it (as in Fang et al. 2023). Its gradient in w_u is
/// λ·√p_u·w_u / ‖w_u‖₂, and 0 where w_u is 0. It drives whole units towards 0, so that slicing them costs less.
/// </summary>
internal sealed class GroupLasso : IRegularizer, IDisposable
{
    private readonly double _strength;
    private readonly int _units;
    private readonly IReadOnlyList<Slices> _slices;
    private readonly Tensor _rootSizes;
    private readonly TrainingDevice _device;

    /// <param name="network">What is trained.</param>
    /// <param name="grouping">The grouping of the same network.</param>
    /// <param name="strength">λ, at least 0.</param>
    /// <param name="device">Where the network is trained.</param>
    public GroupLasso(Network network, ModelGrouping grouping, double strength, TrainingDevice device)
    {
        (_strength, _units, _device) = (strength, grouping.UnitCount, device);
        var roles = WeightRoles.Of(network);
        var trained = grouping.Initializers.Where(pair => roles.GetValueOrDefault(pair.Key.Name) is WeightRole.Weight or WeightRole.Offset).ToList();
        _slices = [.. trained.Select(pair => new Slices(pair.Key.Name, pair.Key.Axis, Places(pair.Value)))];
        float[] sizes = new float[_units + 1];
        foreach (var ((name, _), units) in trained)
        {
            float each = network.Floats(name).Length / (float)units.Length;
            foreach (int unit in units.Where(unit => unit >= 0)) sizes[unit] += each;
        }

        _rootSizes = device.Of(Array.ConvertAll(sizes, MathF.Sqrt)).DetachFromDisposeScope();
    }

    /// <summary>The penalty at a network's weights.</summary>
    public double Penalty(TorchNetwork net)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return _strength * TrainingDevice.Number((_rootSizes * Norms(Values(net))).sum());
    }

    /// <inheritdoc/>
    public void AddGradient(TorchNetwork net)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var values = Values(net);
        var norms = Norms(values);
        var factors = where(norms.gt(TensorArithmetic.Zero), _rootSizes.Times(_strength) / norms, zeros_like(norms));
        foreach (var slices in _slices)
        {
            var value = values[slices.Parameter];
            long[] along = [.. Enumerable.Range(0, (int)value.Dimensions).Select(axis => axis == slices.Axis ? -1L : 1L)];
            value.grad?.Add(value * factors.index_select(0, slices.Units).view(along));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var slices in _slices) slices.Units.Dispose();
        _rootSizes.Dispose();
    }

    /// <summary>‖w_u‖₂ of every unit; 0 in the last place, which stands for positions that are always kept.</summary>
    private Tensor Norms(Dictionary<string, Tensor> values)
    {
        var squares = _device.Zeros([_units + 1]);
        foreach (var slices in _slices)
        {
            var value = values[slices.Parameter];
            long[] others = [.. Enumerable.Range(0, (int)value.Dimensions).Where(axis => axis != slices.Axis).Select(axis => (long)axis)];
            squares.index_add_(0, slices.Units, others.Length == 0 ? value * value : (value * value).sum(others), TensorArithmetic.One);
        }

        squares[_units] = 0;
        return squares.sqrt();
    }

    private Tensor Places(ImmutableArray<int> units) =>
        _device.Of([.. units.Select(unit => unit < 0 ? (long)_units : unit)]).DetachFromDisposeScope();

    private static Dictionary<string, Tensor> Values(TorchNetwork net) =>
        net.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal);

    private sealed record Slices(string Parameter, int Axis, Tensor Units);
}
