using System.CommandLine;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>The trap of widths that are no multiple of a block: one channel less per layer saves a few multiply-accumulates and runs far slower.</summary>
/// <remarks>
/// A candidate that asks for one, two or three channels less in every family gets the widths that are worth having; it may not be slower
/// than the dense model. The widths taken literally are measured beside, as the control.
/// </remarks>
internal sealed class TrapBenchmark : IBenchmark
{
    private const double Limit = 1.05;
    private const int MostChannels = 3;

    private readonly Option<string[]> _models = new("--models")
    {
        Description = "Zoo networks.",
        DefaultValueFactory = _ => ["resnet-20", "resnet-56"],
        AllowMultipleArgumentsPerToken = true,
    };

    public Command Command()
    {
        var command = new Command("trap", "Asking for one channel less per layer never makes a model slower.") { _models };
        command.SetAction(parsed => parsed.GetRequiredValue(_models).Select(Run).ToArray().All(kept => kept) ? 0 : 1);
        return command;
    }

    private static bool Run(string name)
    {
        var model = new MeasuredModel(name, seed: 1);
        var profile = model.Profile();
        bool kept = true;
        for (int less = 1; less <= MostChannels; less++)
        {
            int[] literal = [.. model.Widths.Select(width => width - less)];
            int[] planned = WidthAllocation.For(profile, new(profile.Families.Select(family =>
                KeyValuePair.Create<string, ParameterValue>(ParameterNames.OfFamily(ParameterNames.Ratio, family.Name), less / (double)family.Width))));
            var (asked, naive) = (model.Measure(planned), model.Measure(literal));
            Console.WriteLine(Invariant(
                $"trap, {name}, {less} less: planned {string.Join(',', planned.Distinct())} runs at {asked.Ratio:0.000} of the dense time, literal {string.Join(',', literal.Distinct())} at {naive.Ratio:0.000} (quantum {profile.Quantum}); to reach: {Limit:0.00}"));
            kept &= asked.Ratio <= Limit;
        }

        return kept;
    }
}
