using Distributed.Sweeps;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Distributed.Benchmarks;

/// <summary>The zoo's ResNet as one would write it with TorchSharp, with its own SGD: what the interpreter is compared with.</summary>
internal sealed class ResNetModules : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> _stem;
    private readonly Module<Tensor, Tensor> _head;
    private readonly TorchSharp.Modules.ModuleList<Block> _blocks;
    private readonly optim.Optimizer _optimizer;

    public ResNetModules(int blocks, TrainingSpec spec)
        : base("resnet")
    {
        _stem = Sequential(Conv2d(3, 16, 3, padding: 1, bias: false), BatchNorm2d(16), ReLU());
        _blocks = new([.. Enumerable.Range(0, 3 * blocks).Select(i => new Block(Width((i - 1) / blocks, i), 16 << (i / blocks), i >= blocks && i % blocks == 0 ? 2 : 1))]);
        _head = Sequential(AdaptiveAvgPool2d(1), Flatten(), Linear(64, 10));
        RegisterComponents();
        _optimizer = optim.SGD(parameters(), spec.LearningRate, spec.Momentum, weight_decay: spec.WeightDecay);
    }

    public override Tensor forward(Tensor input) => _head.call(_blocks.Aggregate(_stem.call(input), (x, block) => block.call(x)));

    public float Step(Tensor inputs, Tensor labels)
    {
        _optimizer.zero_grad();
        var loss = functional.cross_entropy(call(inputs), labels);
        loss.backward();
        _optimizer.step();
        return loss.item<float>();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _optimizer.Dispose();
        base.Dispose(disposing);
    }

    private static int Width(int stageBefore, int block) => block == 0 ? 16 : 16 << stageBefore;

    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> _main;
        private readonly Module<Tensor, Tensor>? _shortcut;

        public Block(int from, int to, int stride)
            : base("block")
        {
            _main = Sequential(
                Conv2d(from, to, 3, stride: stride, padding: 1, bias: false), BatchNorm2d(to), ReLU(), Conv2d(to, to, 3, padding: 1, bias: false), BatchNorm2d(to));
            _shortcut = from == to && stride == 1 ? null : Sequential(Conv2d(from, to, 1, stride: stride, bias: false), BatchNorm2d(to));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => functional.relu(_main.call(input) + (_shortcut?.call(input) ?? input));
    }
}
