using Mono.Cecil;
using TorchSharp;

namespace Distributed.Architecture.Tests;

/// <summary>
/// Numbers that TorchSharp wraps by itself may be finalised while libtorch reads them: our code makes them in one place and holds them.
/// </summary>
public sealed class ScalarLifetimeTests
{
    private const string Home = "Distributed.Compression.Training.TensorArithmetic";

    [Fact]
    public void A_plain_sum_of_tensors_is_among_the_calls_that_make_a_number() =>
        Assert.Contains(MakeNumbers(), method => method.EndsWith("::op_Addition(TorchSharp.torch/Tensor,TorchSharp.torch/Tensor)", StringComparison.Ordinal));

    [Theory, InlineData("Distributed.Compression"), InlineData("Distributed.Silo")]
    public void Numbers_for_libtorch_are_made_in_one_place(string assembly)
    {
        var making = MakeNumbers();
        Assert.Empty(MethodCalls.Outside(Home, assembly).Where(call => making.Contains(call.Called.FullName))
            .Select(call => $"{call.Caller.FullName} calls {call.Called.FullName}: use {Home}"));
    }

    /// <summary>Methods of TorchSharp that construct a <see cref="Scalar"/>, or call one that does. What hands one out is its caller's to hold.</summary>
    private static HashSet<string> MakeNumbers()
    {
        using var torch = ModuleDefinition.ReadModule(typeof(Scalar).Assembly.Location);
        var calls = MethodCalls.Of(torch).Select(call => (Caller: call.Caller.FullName, Called: call.Called.FullName)).ToList();
        var making = calls.Select(call => call.Caller).Where(method => method.StartsWith("System.Void TorchSharp.Scalar::.ctor(", StringComparison.Ordinal)).ToHashSet();
        for (int before = 0; before < making.Count;)
        {
            before = making.Count;
            making.UnionWith(calls.Where(call => making.Contains(call.Called)).Select(call => call.Caller));
        }

        making.Remove("TorchSharp.Scalar TorchSharp.torch/Tensor::ToScalar()");
        return making;
    }
}
