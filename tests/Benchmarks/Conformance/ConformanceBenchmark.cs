using System.CommandLine;
using Distributed.Gallery;

namespace Distributed.Benchmarks;

/// <summary>Runs a folder of ONNX conformance cases in the interpreter, and exported in ONNX Runtime.</summary>
internal sealed class ConformanceBenchmark : IBenchmark
{
    private readonly Argument<DirectoryInfo> _folder = new("folder") { Description = "Folders with model.onnx and test_data_set_*/input_*.pb, output_*.pb, at any depth." };
    private readonly Option<string> _only = new("--only") { Description = "Only cases whose name holds this.", DefaultValueFactory = _ => "" };

    public Command Command()
    {
        var command = new Command("conformance", "ONNX conformance cases: pass, fail with the largest difference, or unsupported with the operator.") { _folder, _only };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(_folder).FullName, parsed.GetValue(_only)!));
        return command;
    }

    private static int Run(string folder, string only)
    {
        (int passed, int excused, int failed, int unsupported) = (0, 0, 0, 0);
        foreach (var conformance in ConformanceCase.Below(folder).Where(item => item.Name.Contains(only, StringComparison.Ordinal)))
        {
            var verdict = ConformanceRun.Of(conformance);
            bool expected = Excused.Reasons.TryGetValue(conformance.Name, out string? reason) && !verdict.Passed;
            Console.WriteLine(expected ? $"{verdict} ({reason})" : $"{verdict}");
            if (verdict.Passed) passed++;
            else if (expected) excused++;
            else if (verdict.Unsupported is null) failed++;
            else unsupported++;
        }

        Console.WriteLine(Invariant($"{passed} pass, {excused} excused, {failed} fail, {unsupported} unsupported"));
        return failed + unsupported == 0 ? 0 : 1;
    }
}
