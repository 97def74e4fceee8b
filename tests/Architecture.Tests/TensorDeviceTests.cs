using Mono.Cecil;
using TorchSharp;

namespace Distributed.Architecture.Tests;

/// <summary>
/// A tensor that is made of numbers lies on some device: our code makes such in one place, which knows the slot's device, and nowhere else. The
/// same for numbers that leave a tensor.
/// </summary>
public sealed class TensorDeviceTests
{
    private const string Home = "Distributed.Compression.Training.TrainingDevice";

    /// <summary>What gives the processor's numbers, or waits for a device.</summary>
    private static readonly string[] Readers = ["item", "data", "cpu", "cuda", "numpy", "ToSingle", "ToDouble", "ToInt64", "ToInt32", "ToBoolean"];

    [Theory]
    [InlineData("tensor")]
    [InlineData("zeros")]
    [InlineData("full")]
    [InlineData("arange")]
    [InlineData("randn")]
    public void Making_a_tensor_is_among_the_calls_that_are_looked_for(string factory) =>
        Assert.Contains(Factories(), method => method.Contains($"TorchSharp.torch::{factory}(", StringComparison.Ordinal));

    [Fact]
    public void Tensors_are_made_of_numbers_and_read_in_one_place()
    {
        var factories = Factories();
        var calls = MethodCalls.Outside(Home, "Distributed.Compression");
        Assert.NotEmpty(calls);
        Assert.Empty(calls.Where(call => factories.Contains(call.Called.FullName) || Reads(call.Called)).Select(call => $"{call.Caller.FullName} calls {call.Called.FullName}: use {Home}"));
    }

    /// <summary>Functions of torch that make a tensor on a device of the caller's choice; those that make one like another stay where that one is.</summary>
    private static HashSet<string> Factories()
    {
        using var torch = ModuleDefinition.ReadModule(typeof(Scalar).Assembly.Location);
        return
        [
            .. torch.GetType("TorchSharp.torch").Methods
                .Where(method => method.IsStatic && method.ReturnType.FullName == "TorchSharp.torch/Tensor" && !method.Name.EndsWith("_like", StringComparison.Ordinal)
                    && method.Parameters.Any(parameter => parameter.ParameterType.FullName == "TorchSharp.torch/Device"))
                .Select(method => method.FullName),
        ];
    }

    private static bool Reads(MethodReference called) => called.DeclaringType.FullName == "TorchSharp.torch/Tensor" && Readers.Contains(called.Name);
}
