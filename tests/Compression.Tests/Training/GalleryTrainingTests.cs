using Distributed.Compression.Graph;
using Distributed.Compression.Training;
using Distributed.Gallery;
using static TorchSharp.torch;

namespace Distributed.Compression.Tests.Training;

/// <summary>Every family of networks can be trained: each weight gets a gradient, and the trained network is exported.</summary>
public sealed class GalleryTrainingTests
{
    public static TheoryData<string> Names => [.. GalleryNetworks.OfImages];

    [Theory, MemberData(nameof(Names))]
    public void A_step_down_the_gradient_lowers_the_loss(string name)
    {
        using var scope = NewDisposeScope();
        var network = Normalizer.Normalize(GalleryNetworks.Build(name, 13));
        using var net = new TorchNetwork(network, TrainingDevice.Cpu);
        var images = (FloatTensor)GalleryNetworks.Inputs(network, 8, seed: 5);
        var input = tensor(images.Data, [.. images.Shape.Select(size => (long)size)]);
        var labels = arange(8, ScalarType.Int64);
        double before = Loss(net, input, labels, learn: true);
        Assert.All(net.Parameters, parameter => Assert.NotNull(parameter.Value.grad));
        double squares = net.Parameters.Sum(parameter => parameter.Value.grad!.pow(2).sum().item<float>());
        Assert.True(squares > 0 && double.IsFinite(squares), "gradients are finite");
        using (no_grad())
        {
            foreach (var parameter in net.Parameters) parameter.Value.sub_(parameter.Value.grad! * (0.01 * before / squares));
        }

        Assert.InRange(Loss(net, input, labels, learn: false), 0, before - (0.002 * before));
    }

    private static double Loss(TorchNetwork net, TorchSharp.torch.Tensor input, TorchSharp.torch.Tensor labels, bool learn)
    {
        using var mode = set_grad_enabled(learn);
        var loss = nn.functional.cross_entropy(net.Forward(input, Pass.Evaluating), labels);
        if (learn) loss.backward();
        return loss.item<float>();
    }
}
