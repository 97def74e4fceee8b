using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Training;
using TorchSharp;

namespace Distributed.Compression.Tests.Training;

public sealed class GroupLassoTests
{
    private const double Strength = 0.3;

    [Fact]
    public void The_penalty_is_the_sum_over_units_of_the_root_of_their_size_times_their_norm()
    {
        var network = SmallNets.Perturbed(TrainingFixture.Tiny());
        var grouping = ChannelGroups.Of(network);
        using var net = new TorchNetwork(network, TrainingDevice.Cpu);
        using var lasso = new GroupLasso(network, grouping, Strength, TrainingDevice.Cpu);
        Assert.Equal(Strength * grouping.Families.SelectMany(family => family.Units).Sum(unit => OfUnit(network, unit)), lasso.Penalty(net), 1e-3);
    }

    [Fact]
    public void Its_gradient_is_the_slope_of_the_penalty()
    {
        var network = SmallNets.Perturbed(TrainingFixture.Tiny());
        var grouping = ChannelGroups.Of(network);
        using var net = new TorchNetwork(network, TrainingDevice.Cpu);
        using var lasso = new GroupLasso(network, grouping, Strength, TrainingDevice.Cpu);
        foreach (var parameter in net.Parameters) parameter.Value.grad = torch.zeros_like(parameter.Value);
        lasso.AddGradient(net);
        int nonZero = 0;
        foreach (var parameter in net.Parameters)
        {
            float[] gradient = TrainingDevice.Floats(parameter.Value.grad!);
            for (int place = 0; place < gradient.Length; place += 7)
            {
                double slope = (Moved(parameter.Name, place, 1e-2f) - Moved(parameter.Name, place, -1e-2f)) / 2e-2;
                Assert.Equal(slope, gradient[place], 5e-3);
                if (Math.Abs(slope) > 2e-2) nonZero++;
            }
        }

        Assert.True(nonZero > 10);
        double Moved(string name, int place, float by)
        {
            float[] data = [.. network.Floats(name).Data];
            data[place] += by;
            var other = network with { Initializers = network.Initializers.SetItem(name, new FloatTensor(network.Floats(name).Shape, data)) };
            return Strength * grouping.Families.SelectMany(family => family.Units).Sum(unit => OfUnit(other, unit));
        }
    }

    [Fact]
    public void A_unit_of_zeros_stays_without_a_gradient()
    {
        var network = TrainingFixture.Tiny();
        var zero = network.Initializers.SetItems(network.Initializers
            .Where(pair => pair.Value is FloatTensor).Select(pair => KeyValuePair.Create(pair.Key, (Tensor)new FloatTensor(pair.Value.Shape, new float[pair.Value.Length]))));
        network = network with { Initializers = zero };
        using var net = new TorchNetwork(network, TrainingDevice.Cpu);
        using var lasso = new GroupLasso(network, ChannelGroups.Of(network), Strength, TrainingDevice.Cpu);
        foreach (var parameter in net.Parameters) parameter.Value.grad = torch.zeros_like(parameter.Value);
        lasso.AddGradient(net);
        Assert.All(net.Parameters, parameter => Assert.All(TrainingDevice.Floats(parameter.Value.grad!), value => Assert.Equal(0, value)));
    }

    /// <summary>√p · ‖w‖ from the unit's own list of slices: statistics are not trained.</summary>
    private static double OfUnit(Network network, Unit unit)
    {
        (double squares, int size) = (0, 0);
        foreach (var member in unit.Members.Where(member => member.Role is not (MemberRole.Statistic or MemberRole.Operand)))
        {
            var weights = network.Floats(member.Initializer);
            int inner = Tensor.Count(weights.Shape[(member.Axis + 1)..]);
            for (int i = 0; i < weights.Length; i++)
            {
                if (!member.Indices.Contains(i / inner % weights.Shape[member.Axis])) continue;
                squares += (double)weights.Data[i] * weights.Data[i];
                size++;
            }
        }

        return Math.Sqrt(size * squares);
    }
}
