using Distributed.Gallery;

namespace Distributed.Compression.Tests.Graph;

/// <summary>A bounded run of what <c>tests/Benchmarks fuzz</c> does with 100,000 files.</summary>
public sealed class FuzzTests
{
    private const int Files = 3000;

    [Fact]
    public void A_damaged_file_ends_in_a_model_or_in_an_error_that_names_a_place_within_2_GB()
    {
        var fuzz = new FuzzedImport();
        int refused = 0;
        for (int i = 0; i < Files; i++)
        {
            var outcome = FuzzedImport.Import(fuzz.File(seed: 2026, i));
            Assert.True(outcome.Bytes <= FuzzedImport.LargestBytes, Invariant($"file {i} allocates {outcome.Bytes} bytes"));
            if (outcome.Refusal is not { } message) continue;
            refused++;
            Assert.Matches("(node|tensor|input|value) '|fuzzed\\.onnx", message);
        }

        Assert.InRange(refused, Files / 2, Files - 1);
    }
}
