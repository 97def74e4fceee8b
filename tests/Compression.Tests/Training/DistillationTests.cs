using Distributed.Compression.Training;
using TorchSharp;

namespace Distributed.Compression.Tests.Training;

public sealed class DistillationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_divergence_of_two_classes_is_the_closed_form(double temperature)
    {
        using var scope = torch.NewDisposeScope();
        // Softmax of (x, 0) is a logistic: the teacher says 3/4 and the student 1/5 at temperature 1.
        double teacher = Math.Log(3) * temperature, student = Math.Log(0.25) * temperature;
        double expected = (0.75 * Math.Log(0.75 / 0.2)) + (0.25 * Math.Log(0.25 / 0.8));
        var found = Distillation.Divergence(Row(teacher), Row(student), temperature);
        Assert.Equal(expected, found.item<float>(), 1e-6);
    }

    [Fact]
    public void The_loss_is_the_weighted_sum_and_a_student_like_its_teacher_diverges_by_nothing()
    {
        using var scope = torch.NewDisposeScope();
        var network = TrainingFixture.Tiny();
        using var student = new TorchNetwork(network, TrainingDevice.Cpu);
        using var loss = new Distillation(new TorchNetwork(network, TrainingDevice.Cpu), 0.25, 4);
        var batch = new Batch(TrainingFixture.Input(4), torch.tensor([0L, 1L, 2L, 0L]));
        var logits = student.Forward(batch.Inputs, Pass.Evaluating);
        double labels = new CrossEntropy().Of(logits, batch).item<float>();
        Assert.Equal(0.75 * labels, loss.Of(logits, batch).item<float>(), 1e-5);

        var moved = logits + torch.tensor([1f, 0f, -1f]);
        double divergence = Distillation.Divergence(logits, moved, 4).item<float>();
        Assert.True(divergence > 0);
        double ofMoved = new CrossEntropy().Of(moved, batch).item<float>();
        Assert.Equal((0.75 * ofMoved) + (0.25 * 16 * divergence), loss.Of(moved, batch).item<float>(), 1e-4);
    }

    [Fact]
    public void The_teacher_gets_no_gradient()
    {
        var network = TrainingFixture.Tiny();
        using var student = new TorchNetwork(network, TrainingDevice.Cpu);
        var teacher = new TorchNetwork(SmallNets.Perturbed(network), TrainingDevice.Cpu);
        using var loss = new Distillation(teacher, 1, 2);
        using var scope = torch.NewDisposeScope();
        var batch = new Batch(TrainingFixture.Input(4), torch.tensor([0L, 1L, 2L, 0L]));
        loss.Of(student.Forward(batch.Inputs, Pass.Learning), batch).backward();
        Assert.All(teacher.Parameters, parameter => Assert.Null(parameter.Value.grad));
        Assert.Contains(student.Parameters, parameter => parameter.Value.grad is { } grad && grad.abs().sum().item<float>() > 0);
    }

    private static torch.Tensor Row(double first) => torch.tensor([(float)first, 0f], [1, 2]);
}
