using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>
/// Learning from a teacher's logits beside the labels (Hinton, Vinyals and Dean 2015, section 2):
/// L = (1 − α)·CE(z, y) + α·T²·KL(softmax(v/T) ‖ softmax(z/T)), with the student's logits z and the teacher's v (N × classes). The factor T²
/// keeps the two parts' gradients in proportion whatever the temperature. Mixed images have mixed labels; the teacher sees them as they are.
/// </summary>
/// <param name="teacher">Runs with its own statistics and is not trained; disposed with this.</param>
/// <param name="alpha">α, in [0, 1].</param>
/// <param name="temperature">T, above 0.</param>
internal sealed class Distillation(TorchNetwork teacher, double alpha, double temperature) : ILoss, IDisposable
{
    private readonly CrossEntropy _labels = new();

    /// <inheritdoc/>
    public Tensor Of(Tensor logits, Batch batch) =>
        _labels.Of(logits, batch).Times(1 - alpha).Plus(Divergence(Taught(batch.Inputs), logits, temperature).Times(alpha * temperature * temperature));

    /// <summary>Mean over rows of KL(softmax(v/T) ‖ softmax(z/T)).</summary>
    public static Tensor Divergence(Tensor teacher, Tensor student, double temperature)
    {
        var taught = nn.functional.log_softmax(teacher.Over(temperature), 1);
        var learnt = nn.functional.log_softmax(student.Over(temperature), 1);
        return (taught.exp() * (taught - learnt)).sum(1).mean();
    }

    /// <inheritdoc/>
    public void Dispose() => teacher.Dispose();

    private Tensor Taught(Tensor inputs)
    {
        using var frozen = no_grad();
        return teacher.Forward(inputs, Pass.Evaluating);
    }
}
